import { readAddress } from '@portolan/manifests';
import {
  compareText,
  formatAddress,
  formatSelector,
  isLabelKey,
  parseSelector,
  type ProfileSettings,
  type WorkloadSelector,
} from '@portolan/model';
import type { ProfileChanges } from '@portolan/store';
import type { SelectorInput } from '../selectors/selector.input.js';
import { readCidr } from '@portolan/manifests';
import type { UserError } from '../errors/user-error.js';
import type { FieldsOf } from '../schema/new-model.js';
import type { ClusterProfileInput } from './cluster-profile.input.js';
import { MAX_CIDRS, MAX_LABEL_KEYS, MAX_SELECTORS } from './profile-limits.js';

/** Settings to be made and unmade (null), and what is wrong with the input. */
export interface ReadProfile {
  readonly changes: ProfileChanges;
  readonly errors: readonly UserError[];
}

/** Reads settings: networks, addresses and selectors become canonical. */
export function readProfileChanges(
  input: FieldsOf<ClusterProfileInput> | null | undefined,
): ReadProfile {
  const errors: UserError[] = [];
  const changes = Object.entries(input ?? {})
    // What is omitted may be there as undefined.
    .filter(([, value]: [string, unknown]) => value !== undefined)
    .map(([setting, value]) => [setting, readSetting(setting, value, errors)]);
  return { changes: Object.fromEntries(changes) as ProfileChanges, errors };
}

/** Settings of a new cluster: what is null is not set. */
export function settingsOf(changes: ProfileChanges): ProfileSettings {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null));
}

function readSetting(setting: string, value: unknown, errors: UserError[]): unknown {
  if (value === null) return null;
  const path = ['input', 'profile', setting];
  switch (setting as keyof ClusterProfileInput) {
    case 'podCidrs':
    case 'serviceCidrs':
    case 'nodeCidrs':
    case 'apiServerCidrs':
      return readCidrs(value as readonly string[], path, errors);
    case 'dnsPods':
      return readSelectors(value as SelectorInput, path, errors);
    case 'ingressControllers':
      return readControllers(value as readonly SelectorInput[], path, errors);
    case 'nodeLocalDnsAddress':
      return readOneAddress(value as string, path, errors);
    case 'enforcement':
    case 'ipBlockMatchesPods':
    case 'hostNetworkPods':
    case 'allowNodeToLocalPods':
    case 'priorityTies':
    case 'otherProtocols':
    case 'tenantsLabelNamespaces':
      return value;
    case 'protectedNamespaceLabels':
      return readLabelKeys(value as readonly string[], path, errors);
  }
}

function readCidrs(
  texts: readonly string[],
  path: readonly string[],
  errors: UserError[],
): readonly string[] {
  if (texts.length > MAX_CIDRS) errors.push(invalid(path, `At most ${MAX_CIDRS} networks`));
  const cidrs = texts.slice(0, MAX_CIDRS).flatMap((text, i) => {
    const read = readCidr(text);
    if (!read.ok) errors.push(invalid([...path, String(i)], read.message));
    return read.ok ? [read.cidr] : [];
  });
  return [...new Set(cidrs)];
}

function readLabelKeys(
  keys: readonly string[],
  path: readonly string[],
  errors: UserError[],
): readonly string[] {
  if (keys.length > MAX_LABEL_KEYS) errors.push(invalid(path, `At most ${MAX_LABEL_KEYS} labels`));
  for (const [i, key] of keys.slice(0, MAX_LABEL_KEYS).entries())
    if (!isLabelKey(key))
      errors.push(invalid([...path, String(i)], `"${key.slice(0, 40)}" is no label key`));
  return [...new Set(keys)].sort(compareText);
}

function readOneAddress(text: string, path: readonly string[], errors: UserError[]): string | null {
  const address = readAddress(text);
  if (address === null) {
    errors.push(invalid(path, `"${text.slice(0, 40)}" is no IP address`));
    return null;
  }
  return formatAddress(address);
}

function readControllers(
  inputs: readonly SelectorInput[],
  path: readonly string[],
  errors: UserError[],
): readonly WorkloadSelector[] {
  if (inputs.length > MAX_SELECTORS)
    errors.push(invalid(path, `At most ${MAX_SELECTORS} selectors`));
  return inputs
    .slice(0, MAX_SELECTORS)
    .map((input, i) => readSelectors(input, [...path, String(i)], errors));
}

function readSelectors(
  input: SelectorInput,
  path: readonly string[],
  errors: UserError[],
): WorkloadSelector {
  const read = (field: 'namespaces' | 'pods'): string | null => {
    const text = input[field] ?? null;
    if (text === null) return null;
    const parsed = parseSelector(text);
    if (parsed.ok) return formatSelector(parsed.selector);
    errors.push(invalid([...path, field], `This is no label selector: ${parsed.message}`));
    return null;
  };
  return { namespaces: read('namespaces'), pods: read('pods') };
}

function invalid(field: readonly string[], message: string): UserError {
  return { code: 'INVALID', message, field };
}
