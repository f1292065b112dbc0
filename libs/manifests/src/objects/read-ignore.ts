import { IGNORE_ANNOTATION, parseIgnore } from '@portolan/model';
import { isMap } from '../validate/shape.js';
import type { ObjectInput } from './object-input.js';
import type { SlimIgnore } from './slim-objects.js';

const PATH = ['metadata', 'annotations', IGNORE_ANNOTATION];

/** Reads the annotation; what of it silences nothing is noted. Null when there is none, or nothing of it can be read. */
export function readIgnore({
  object,
  locate,
  interner,
  findings,
}: Pick<ObjectInput, 'object' | 'locate' | 'interner' | 'findings'>): SlimIgnore | null {
  const { annotations } = isMap(object.metadata) ? object.metadata : {};
  const text = isMap(annotations) ? annotations[IGNORE_ANNOTATION] : undefined;
  if (text === undefined || text === null) return null;
  const { entries, faults } =
    typeof text === 'string'
      ? parseIgnore(text)
      : { entries: [], faults: ['is no text: quote it'] };
  for (const fault of faults) findings.note(PATH, fault, 'INVALID_SUPPRESSION', 'WARNING');
  if (typeof text !== 'string' || entries.length === 0) return null;
  return { text: interner.text(text), line: locate()(PATH) };
}
