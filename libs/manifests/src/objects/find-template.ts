import type { Path } from '../documents/line-map.js';
import { type Fields, isMap } from '../validate/shape.js';

const MARK = '{{';

/**
 * Where an object still holds a placeholder of a template (`{{`) that the analysis would take for a value: in its name,
 * namespace, labels and selectors, and anywhere in a spec that is read as a whole. In annotations, commands or descriptions it means
 * nothing.
 */
export function findTemplate(object: Fields, isReadWhole: boolean): Path | null {
  const spec = fieldsOf(object.spec);
  const job = fieldsOf(fieldsOf(spec.jobTemplate).spec);
  const meta = fieldsOf(object.metadata);
  return (
    findMark(meta.name, ['metadata', 'name']) ??
    findMark(meta.namespace, ['metadata', 'namespace']) ??
    findMark(meta.labels, ['metadata', 'labels']) ??
    (isReadWhole ? findMark(spec, ['spec']) : findMark(spec.selector, ['spec', 'selector'])) ??
    findInTemplate(spec.template, ['spec', 'template']) ??
    findInTemplate(job.template, ['spec', 'jobTemplate', 'spec', 'template'])
  );
}

function findInTemplate(template: unknown, path: Path): Path | null {
  const labels = fieldsOf(fieldsOf(template).metadata).labels;
  return findMark(labels, [...path, 'metadata', 'labels']);
}

function findMark(value: unknown, path: Path): Path | null {
  const found = markIn(value);
  return found === null ? null : [...path, ...found];
}

/** Builds no path where nothing is found, which is nearly everywhere. */
function markIn(value: unknown): Path | null {
  if (typeof value === 'string') return value.includes(MARK) ? [] : null;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = markIn(value[i]);
      if (found !== null) return [i, ...found];
    }
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) {
      const found = key.includes(MARK) ? [] : markIn(value[key]);
      if (found !== null) return [key, ...found];
    }
  }
  return null;
}

function fieldsOf(value: unknown): Fields {
  return isMap(value) ? value : {};
}
