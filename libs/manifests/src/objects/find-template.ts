import type { Path } from '../documents/line-map.js';
import { type Fields, isMap } from '../validate/shape.js';

const MARK = '{{';

/**
 * Where an object still holds a placeholder of a template (`{{`) that the analysis would take for a value: in its name,
 * namespace, labels and selectors, and anywhere in the spec of a policy. In annotations, commands or descriptions it means
 * nothing.
 */
export function findTemplate(object: Fields, isPolicy: boolean): Path | null {
  const spec = fieldsOf(object.spec);
  const job = fieldsOf(fieldsOf(spec.jobTemplate).spec);
  const meta = fieldsOf(object.metadata);
  return (
    findMark(meta.name, ['metadata', 'name']) ??
    findMark(meta.namespace, ['metadata', 'namespace']) ??
    findMark(meta.labels, ['metadata', 'labels']) ??
    (isPolicy ? findMark(spec, ['spec']) : findMark(spec.selector, ['spec', 'selector'])) ??
    findInTemplate(spec.template, ['spec', 'template']) ??
    findInTemplate(job.template, ['spec', 'jobTemplate', 'spec', 'template'])
  );
}

function findInTemplate(template: unknown, path: Path): Path | null {
  const labels = fieldsOf(fieldsOf(template).metadata).labels;
  return findMark(labels, [...path, 'metadata', 'labels']);
}

function findMark(value: unknown, path: Path): Path | null {
  if (typeof value === 'string') return value.includes(MARK) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...(value as unknown[]).entries()]
    : Object.entries(value);
  for (const [key, child] of entries) {
    const at = [...path, key];
    const found = typeof key === 'string' && key.includes(MARK) ? at : findMark(child, at);
    if (found !== null) return found;
  }
  return null;
}

function fieldsOf(value: unknown): Fields {
  return isMap(value) ? value : {};
}
