import { ALL_RULES } from '@portolan/findings';
import { DEFAULT_MANIFEST_LIMITS, readYamlFile } from '@portolan/manifests';
import { isLabelKey, type NamespaceLabelling, SEVERITIES, type Severity } from '@portolan/model';
import { type ExceptionFault, type FieldPath, StrictFields } from '../exceptions/strict-fields.js';

/** What is made of a rule: left out, or of another severity. */
export type RuleSetting = 'off' | Severity;

/** Characters that a file of settings may have. */
export const MAX_CONFIG_LENGTH = 256 * 1024;

/** What a file of settings says. */
export interface CheckConfig {
  readonly rules: ReadonlyMap<string, RuleSetting>;
  /** What no manifest tells of the cluster; what is not there is not set. */
  readonly profile: Partial<NamespaceLabelling>;
}

/** Nothing set. */
export const NO_CONFIG: CheckConfig = { rules: new Map(), profile: {} };

/** Settings, or everything that is wrong with them. */
export type ConfigFile =
  | ({ readonly ok: true } & CheckConfig)
  | { readonly ok: false; readonly faults: readonly ExceptionFault[] };

/**
 * Reads a file of settings: `rules: { NP306: off, NP308: info }`, and `profile: { tenantsLabelNamespaces: true }`. `path` names it
 * in faults.
 */
export function readConfig(text: string, path: string): ConfigFile {
  const fault = (line: number, message: string): ConfigFile => ({
    ok: false,
    faults: [{ path, line, field: '', message }],
  });
  if (text.length > MAX_CONFIG_LENGTH)
    return fault(1, `is longer than ${MAX_CONFIG_LENGTH} characters`);
  const file = readYamlFile(text, DEFAULT_MANIFEST_LIMITS);
  if (!file.ok) return fault(file.line, file.message);
  if (file.value === null) return { ok: true, ...NO_CONFIG };
  const fields = new StrictFields(path, file.lineOf);
  const map = fields.map(file.value, [], { required: [], optional: ['rules', 'profile'] });
  const rules = new Map<string, RuleSetting>();
  if (map?.rules !== undefined) {
    const known = ALL_RULES.map(({ id }) => id);
    const given = fields.map(map.rules, ['rules'], { required: [], optional: known });
    for (const [id, value] of Object.entries(given ?? {})) {
      const setting = readSetting(value, ['rules', id], fields);
      if (setting !== null) rules.set(id, setting);
    }
  }
  const profile = map?.profile === undefined ? {} : readProfile(map.profile, fields);
  return fields.faults.length === 0
    ? { ok: true, rules, profile }
    : { ok: false, faults: fields.faults };
}

function readProfile(value: unknown, fields: StrictFields): Partial<NamespaceLabelling> {
  const at: FieldPath = ['profile'];
  const optional = ['tenantsLabelNamespaces', 'protectedNamespaceLabels'];
  const { tenantsLabelNamespaces, protectedNamespaceLabels } =
    fields.map(value, at, { required: [], optional }) ?? {};
  const profile: { -readonly [Field in keyof NamespaceLabelling]?: NamespaceLabelling[Field] } = {};
  if (typeof tenantsLabelNamespaces === 'boolean')
    profile.tenantsLabelNamespaces = tenantsLabelNamespaces;
  else if (tenantsLabelNamespaces !== undefined)
    fields.fault([...at, 'tenantsLabelNamespaces'], 'must be true or false');
  if (Array.isArray(protectedNamespaceLabels))
    profile.protectedNamespaceLabels = protectedNamespaceLabels.flatMap((key: unknown, i) => {
      if (typeof key === 'string' && isLabelKey(key)) return [key];
      fields.fault([...at, 'protectedNamespaceLabels', i], 'must be the key of a label');
      return [];
    });
  else if (protectedNamespaceLabels !== undefined)
    fields.fault([...at, 'protectedNamespaceLabels'], 'must be a list of keys of labels');
  return profile;
}

function readSetting(value: unknown, at: FieldPath, fields: StrictFields): RuleSetting | null {
  // An `off` without quotes is the text in YAML 1.2 and false in YAML 1.1.
  if (value === 'off' || value === false) return 'off';
  const severity = SEVERITIES.find((one) => one.toLowerCase() === value);
  if (severity !== undefined) return severity;
  const words = SEVERITIES.map((one) => one.toLowerCase());
  return fields.fault(at, `must be one of off, ${words.join(', ')}`);
}
