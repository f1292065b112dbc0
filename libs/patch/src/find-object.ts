import type { ObjectFix } from '@portolan/model';
import { type Document, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { NotEditable } from './not-editable.js';
import { checkOwn, pairOf, rangeOf, valueOf } from './yaml-nodes.js';

/** A document as it was read. */
export type ReadDocument = Document.Parsed;

/** An object in a text. */
export interface ObjectAt {
  readonly document: ReadDocument;
  readonly node: YAMLMap;
  /** The lists that it is in. */
  readonly around: readonly Node[];
  readonly firstLine: number;
  readonly lastLine: number;
  /** What fixes may call it. */
  readonly names: ReadonlySet<string>;
}

/** Namespaces need not be written. */
const DEFAULT_NAMESPACE = 'default';
const LIST = 'List';

/** The objects of documents, those in lists included; documents that cannot be read have none. */
export function objectsOf(
  documents: readonly ReadDocument[],
  lineOf: (at: number) => number,
): ObjectAt[] {
  const objects: ObjectAt[] = [];
  for (const document of documents)
    if (document.errors.length === 0) collect(document.contents, '', [], document, lineOf, objects);
  return objects;
}

function collect(
  node: Node | null,
  impliedKind: string,
  around: readonly Node[],
  document: ReadDocument,
  lineOf: (at: number) => number,
  objects: ObjectAt[],
): void {
  if (!isMap(node)) return;
  const kind = textAt(node, 'kind') ?? impliedKind;
  const items = valueAt(node, 'items');
  if (kind.endsWith(LIST) && isSeq(items)) {
    const own = kind.slice(0, -LIST.length);
    const within = [...around, node, items];
    for (const item of items.items) collect(item as Node, own, within, document, lineOf, objects);
    return;
  }
  const [from, to] = rangeOf(node);
  objects.push({
    document,
    node,
    around,
    firstLine: lineOf(from),
    lastLine: lineOf(to),
    names: namesOf(kind, valueAt(node, 'metadata')),
  });
}

function namesOf(kind: string, metadata: Node | null): Set<string> {
  const name = isMap(metadata) ? textAt(metadata, 'name') : null;
  const namespace = isMap(metadata) ? textAt(metadata, 'namespace') : null;
  const within = namespace ?? DEFAULT_NAMESPACE;
  return new Set([
    kind,
    ...(name === null ? [] : [`${kind} ${name}`, `${kind} ${within}/${name}`]),
  ]);
}

/** The one object that a fix is about. @throws NotEditable */
export function findObject(objects: readonly ObjectAt[], fix: ObjectFix): ObjectAt {
  const { startLine, endLine } = fix.location;
  const [found, other] = objects.filter(
    ({ names, firstLine, lastLine }) =>
      names.has(fix.object) && firstLine <= endLine && startLine <= lastLine,
  );
  if (found === undefined)
    throw new NotEditable('is in none of the documents that are valid YAML 1.2 to the letter');
  if (other !== undefined) throw new NotEditable('is there more than once');
  for (const node of [...found.around, found.node]) checkOwn(node);
  return found;
}

function valueAt(map: YAMLMap, key: string): Node | null {
  const pair = pairOf(map, key);
  return pair === undefined ? null : valueOf(pair);
}

function textAt(map: YAMLMap, key: string): string | null {
  const value = valueAt(map, key);
  return isScalar(value) && typeof value.value === 'string' ? value.value : null;
}
