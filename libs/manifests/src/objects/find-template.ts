import type { Path } from '../documents/line-map.js';
import { type Fields, isMap } from '../validate/shape.js';

/** Placeholders of templates: Helm's and the like, and those of a shell. */
const MARKS = ['{{', '${'] as const;
type Marks = readonly (typeof MARKS)[number][];

/** How much of an object's spec is read: SELECTORS alone, ALL of it, or all of it with no room for free text. */
export type SpecReading = 'SELECTORS' | 'ALL' | 'STRICT';

/**
 * Where an object still holds a placeholder of a template (`{{`, `${`) that the analysis would take for a value: in its name,
 * namespace, labels and selectors, and anywhere in a spec that is read as a whole. There `${` counts only where no text can have it by
 * right. In annotations, commands or descriptions a placeholder means nothing.
 */
export function findTemplate(object: Fields, reading: SpecReading): Path | null {
  const spec = fieldsOf(object.spec);
  const job = fieldsOf(fieldsOf(spec.jobTemplate).spec);
  const meta = fieldsOf(object.metadata);
  return (
    findMark(meta.name, ['metadata', 'name']) ??
    findMark(meta.namespace, ['metadata', 'namespace']) ??
    findMark(meta.labels, ['metadata', 'labels']) ??
    (reading === 'SELECTORS'
      ? findMark(spec.selector, ['spec', 'selector'])
      : findMark(spec, ['spec'], reading === 'STRICT' ? MARKS : ['{{'])) ??
    findInTemplate(spec.template, ['spec', 'template']) ??
    findInTemplate(job.template, ['spec', 'jobTemplate', 'spec', 'template'])
  );
}

function findInTemplate(template: unknown, path: Path): Path | null {
  const labels = fieldsOf(fieldsOf(template).metadata).labels;
  return findMark(labels, [...path, 'metadata', 'labels']);
}

function findMark(value: unknown, path: Path, marks: Marks = MARKS): Path | null {
  const found = markIn(value, marks);
  return found === null ? null : [...path, ...found];
}

/** Builds no path where nothing is found, which is nearly everywhere. */
function markIn(value: unknown, marks: Marks): Path | null {
  if (typeof value === 'string') return isMarked(value, marks) ? [] : null;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = markIn(value[i], marks);
      if (found !== null) return [i, ...found];
    }
  } else if (isMap(value)) {
    for (const key of Object.keys(value)) {
      const found = isMarked(key, marks) ? [] : markIn(value[key], marks);
      if (found !== null) return [key, ...found];
    }
  }
  return null;
}

function isMarked(text: string, marks: Marks): boolean {
  for (const mark of marks) if (text.includes(mark)) return true;
  return false;
}

function fieldsOf(value: unknown): Fields {
  return isMap(value) ? value : {};
}
