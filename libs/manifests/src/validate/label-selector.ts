import {
  normalizeSelector,
  type LabelSelector,
  type Requirement,
  SELECTOR_OPERATORS,
  type SelectorOperator,
} from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { type Findings, quoted } from './findings.js';
import { faultInLabelKey, faultInLabelValue } from './names.js';
import { readLabels } from './object-meta.js';
import { type Fields, labelTextAt, listAt, mapAt, textAt } from './shape.js';
import { rejectUnknown, type UnknownFields } from './unknown-fields.js';

/** Reads a label selector (`metav1.LabelSelector`); null when it is missing. */
export function readLabelSelector(
  value: unknown,
  path: Path,
  findings: Findings,
  onUnknown: UnknownFields = rejectUnknown,
): LabelSelector | null {
  const selector = mapAt(value, path, findings);
  if (selector === null) return null;
  onUnknown(selector, ['matchLabels', 'matchExpressions'], path, findings);
  const labels = readLabels(selector.matchLabels, [...path, 'matchLabels'], findings);
  const at = [...path, 'matchExpressions'];
  const expressions = listAt(selector.matchExpressions, at, findings) ?? [];
  return normalizeSelector([
    ...requirementsOf(labels),
    ...expressions.map((expression, i) =>
      readRequirement(expression, [...at, i], findings, onUnknown),
    ),
  ]);
}

/** Reads the older form of a selector: labels that must be equal; null when it is missing or empty. */
export function readLabelMap(value: unknown, path: Path, findings: Findings): LabelSelector | null {
  const requirements = requirementsOf(readLabels(value, path, findings));
  return requirements.length === 0 ? null : normalizeSelector(requirements);
}

function requirementsOf(labels: Readonly<Record<string, string>>): Requirement[] {
  return Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
}

function readRequirement(
  value: unknown,
  path: Path,
  findings: Findings,
  onUnknown: UnknownFields,
): Requirement {
  const fields = mapAt(value, path, findings) ?? {};
  onUnknown(fields, ['key', 'operator', 'values'], path, findings);
  return {
    key: readKey(fields, path, findings),
    ...readCondition(fields, path, findings),
  };
}

function readKey(fields: Fields, path: Path, findings: Findings): string {
  const at = [...path, 'key'];
  const key = textAt(fields.key, at, findings) ?? '';
  const fault = key === '' ? 'is required' : faultInLabelKey(key);
  if (fault !== null) findings.reject(at, fault);
  return key;
}

function readCondition(
  fields: Fields,
  path: Path,
  findings: Findings,
): Pick<Requirement, 'operator' | 'values'> {
  const operator = textAt(fields.operator, [...path, 'operator'], findings) ?? '';
  const values = readValues(fields, path, findings);
  if (!isOperator(operator)) {
    const message = `${quoted(operator)} is none of ${SELECTOR_OPERATORS.join(', ')}`;
    findings.reject([...path, 'operator'], message);
    return { operator: 'Exists', values: [] };
  }
  const wantsValues = operator === 'In' || operator === 'NotIn';
  if (wantsValues && values.length === 0) {
    findings.reject([...path, 'values'], `must not be empty with operator ${operator}`);
  }
  if (!wantsValues && values.length > 0) {
    findings.reject([...path, 'values'], `must be empty with operator ${operator}`);
  }
  return { operator, values };
}

function readValues(fields: Fields, path: Path, findings: Findings): string[] {
  const at = [...path, 'values'];
  return (listAt(fields.values, at, findings) ?? []).map((value, i) => {
    const text = labelTextAt(value, [...at, i], findings) ?? '';
    const fault = faultInLabelValue(text);
    if (fault !== null) findings.reject([...at, i], `${quoted(text)}: ${fault}`);
    return text;
  });
}

function isOperator(text: string): text is SelectorOperator {
  return (SELECTOR_OPERATORS as readonly string[]).includes(text);
}
