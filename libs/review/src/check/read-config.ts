import { ALL_RULES } from '@portolan/findings';
import { DEFAULT_MANIFEST_LIMITS, readYamlFile } from '@portolan/manifests';
import { SEVERITIES, type Severity } from '@portolan/model';
import { type ExceptionFault, type FieldPath, StrictFields } from '../exceptions/strict-fields.js';

/** What is made of a rule: left out, or of another severity. */
export type RuleSetting = 'off' | Severity;

/** Characters that a file of settings may have. */
export const MAX_CONFIG_LENGTH = 256 * 1024;

/** Settings, or everything that is wrong with them. */
export type ConfigFile =
  | { readonly ok: true; readonly rules: ReadonlyMap<string, RuleSetting> }
  | { readonly ok: false; readonly faults: readonly ExceptionFault[] };

/** Reads a file of settings: `rules: { NP306: off, NP308: info }`. `path` names it in faults. */
export function readConfig(text: string, path: string): ConfigFile {
  const fault = (line: number, message: string): ConfigFile => ({
    ok: false,
    faults: [{ path, line, field: '', message }],
  });
  if (text.length > MAX_CONFIG_LENGTH)
    return fault(1, `is longer than ${MAX_CONFIG_LENGTH} characters`);
  const file = readYamlFile(text, DEFAULT_MANIFEST_LIMITS);
  if (!file.ok) return fault(file.line, file.message);
  if (file.value === null) return { ok: true, rules: new Map() };
  const fields = new StrictFields(path, file.lineOf);
  const map = fields.map(file.value, [], { required: [], optional: ['rules'] });
  const rules = new Map<string, RuleSetting>();
  if (map?.rules !== undefined) {
    const known = ALL_RULES.map(({ id }) => id);
    const given = fields.map(map.rules, ['rules'], { required: [], optional: known });
    for (const [id, value] of Object.entries(given ?? {})) {
      const setting = readSetting(value, ['rules', id], fields);
      if (setting !== null) rules.set(id, setting);
    }
  }
  return fields.faults.length === 0 ? { ok: true, rules } : { ok: false, faults: fields.faults };
}

function readSetting(value: unknown, at: FieldPath, fields: StrictFields): RuleSetting | null {
  // An `off` without quotes is the text in YAML 1.2 and false in YAML 1.1.
  if (value === 'off' || value === false) return 'off';
  const severity = SEVERITIES.find((one) => one.toLowerCase() === value);
  if (severity !== undefined) return severity;
  const words = SEVERITIES.map((one) => one.toLowerCase());
  return fields.fault(at, `must be one of off, ${words.join(', ')}`);
}
