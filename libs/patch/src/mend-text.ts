import type { ObjectFix } from '@portolan/model';
import { isSeq, LineCounter, parseAllDocuments, visit, type YAMLMap } from 'yaml';
import { type Change, isWithin, type Place, type PlacedChange } from './change.js';
import { findObject, objectsOf, type ReadDocument } from './find-object.js';
import { isDeep } from './is-deep.js';
import { startOfLine } from './lines.js';
import { NotEditable } from './not-editable.js';
import { PlainTree } from './plain.js';
import { planChanges } from './plan-changes.js';
import { inOrder, type Splice, spliced } from './splice.js';
import { splicesOf } from './splices-of.js';
import type { ValueStyle } from './write-value.js';
import { dashOf, isFlow, startOf } from './yaml-nodes.js';

/** A fix that a text does not have, and why. */
export interface LeftOut {
  readonly fix: ObjectFix;
  readonly why: string;
}

/** A text with fixes. */
export interface MendedText {
  readonly text: string;
  /** What was changed for it, in order. */
  readonly splices: readonly Splice[];
  readonly made: readonly ObjectFix[];
  readonly leftOut: readonly LeftOut[];
}

/** Fixes of a text that are tried one by one, where they do not go together. */
const TRIED_ALONE = 50;

/** What is to be done for a fix. */
interface Plan {
  readonly fix: ObjectFix;
  readonly document: ReadDocument;
  readonly object: YAMLMap;
  readonly changes: readonly PlacedChange[];
}

/**
 * Makes fixes in a text of YAML or JSON. Everything that they do not change stays as it is, byte for byte; of two for one place
 * the first is made. A text that would say anything else than the fixes do is not made.
 */
export function mendText(text: string, fixes: readonly ObjectFix[]): MendedText {
  const leftOut: LeftOut[] = [];
  if (isDeep(text)) return untouched(text, fixes, 'the file is nested too deep');
  try {
    const source = new Source(text);
    const plans = plansOf(source, fixes, leftOut);
    const whole = source.with(plans);
    if (whole !== null) return mended(whole, plans, leftOut);
    const alone = plans.slice(0, TRIED_ALONE).filter((plan) => source.with([plan]) !== null);
    const rest = source.with(alone);
    const made = rest === null ? [] : alone;
    for (const { fix } of plans.filter((plan) => !made.includes(plan)))
      leftOut.push({ fix, why: 'the text would say something else besides' });
    return mended(rest ?? { text, splices: [] }, made, leftOut);
  } catch (error) {
    // What the parser does not take.
    if (!(error instanceof Error)) throw error;
    return untouched(text, fixes, `the file cannot be read for it: ${error.message}`);
  }
}

function untouched(text: string, fixes: readonly ObjectFix[], why: string): MendedText {
  return { text, splices: [], made: [], leftOut: fixes.map((fix) => ({ fix, why })) };
}

function mended(
  { text, splices }: Pick<MendedText, 'text' | 'splices'>,
  plans: readonly Plan[],
  leftOut: readonly LeftOut[],
): MendedText {
  return { text, splices, made: plans.map(({ fix }) => fix), leftOut };
}

function plansOf(source: Source, fixes: readonly ObjectFix[], leftOut: LeftOut[]): Plan[] {
  const taken = new Map<YAMLMap, Claim[]>();
  return fixes.flatMap((fix) => {
    try {
      const { document, node } = findObject(source.objects, fix);
      source.checkTemplate(document);
      const claims = taken.get(node) ?? [];
      const planned = planChanges(node, fix.edits, source.text);
      if (planned.length === 0) throw new NotEditable('says already what it should');
      const changes = planned.filter((one) => !isMade(one, claims));
      source.splices(document, changes);
      claims.push(
        ...changes.flatMap((one) =>
          one.claims.map((place) => ({ place, what: whatOf(one), rule: fix.rule })),
        ),
      );
      taken.set(node, claims);
      return [{ fix, document, object: node, changes }];
    } catch (error) {
      if (!(error instanceof NotEditable)) throw error;
      leftOut.push({ fix, why: error.message });
      return [];
    }
  });
}

/** A place that a fix changes. */
interface Claim {
  readonly place: Place;
  /** Equal for equal changes. */
  readonly what: string;
  readonly rule: string;
}

/** Whether another fix makes the same change. @throws NotEditable where it makes another one there */
function isMade(planned: PlacedChange, taken: readonly Claim[]): boolean {
  const { claims } = planned;
  const what = whatOf(planned);
  if (taken.some((one) => one.what === what)) return true;
  const other = taken.find(({ place }) =>
    claims.some((own) => isWithin(own, place) || isWithin(place, own)),
  );
  if (other !== undefined)
    throw new NotEditable(`the fix for ${other.rule} is about the same place`);
  return false;
}

function whatOf({ change, claims }: PlacedChange): string {
  const value = 'value' in change ? change.value : change.op === 'rename' ? change.name : null;
  return JSON.stringify([change.op, claims, value]);
}

/** A text, and what it says. */
class Source {
  readonly #documents: readonly ReadDocument[];
  readonly #isJson: boolean;
  readonly #templates = new Map<ReadDocument, boolean>();
  readonly objects;

  constructor(readonly text: string) {
    const lines = new LineCounter();
    this.#documents = documentsOf(text, lines);
    this.#isJson = isJson(text);
    this.objects = objectsOf(this.#documents, (at) => lines.linePos(at).line);
  }

  /** What is a template is made by something else than what is read here. @throws NotEditable */
  checkTemplate(document: ReadDocument): void {
    let isTemplate = this.#templates.get(document);
    if (isTemplate === undefined) {
      // Comments behind the last value are in it.
      isTemplate = this.text.slice(document.range[0], document.range[2]).includes('{{');
      this.#templates.set(document, isTemplate);
    }
    if (isTemplate) throw new NotEditable('is in a document with {{, which a template may have');
  }

  splices(document: ReadDocument, changes: readonly PlacedChange[]): Splice[] {
    const style = this.#styleOf(document);
    return splicesOf(
      this.text,
      changes.map(({ change }) => change),
      style,
    );
  }

  /** The text with all changes of plans; null when it would not say just that. */
  with(plans: readonly Plan[]): Pick<MendedText, 'text' | 'splices'> | null {
    const splices: Splice[] = [];
    const expected = this.#documents.map((document) => {
      const own = plans.filter((plan) => plan.document === document);
      const changes = own.flatMap((plan) => plan.changes);
      splices.push(...this.#splicesTogether(document, changes));
      return said(
        document,
        changes.map(({ change }) => change),
      );
    });
    const ordered = inOrder(splices);
    if (ordered === null) return null;
    const text = spliced(this.text, ordered);
    const found = documentsOf(text, new LineCounter()).map((document) => said(document, []));
    const isAsExpected =
      found.length === expected.length && found.every((one, i) => one === expected[i]);
    return isAsExpected ? { text, splices: ordered } : null;
  }

  #splicesTogether(document: ReadDocument, changes: readonly PlacedChange[]): Splice[] {
    try {
      return this.splices(document, changes);
    } catch (error) {
      // Each for itself could be made: all elements of a list are removed together.
      if (error instanceof NotEditable) return [];
      throw error;
    }
  }

  #styleOf(document: ReadDocument): ValueStyle {
    return { isJson: this.#isJson, dashIndent: dashIndentOf(document, this.text) };
  }
}

function documentsOf(text: string, lineCounter: LineCounter): ReadDocument[] {
  const read = parseAllDocuments(text, {
    keepSourceTokens: true,
    lineCounter,
    logLevel: 'silent',
    prettyErrors: false,
  });
  return Array.isArray(read) ? (read as ReadDocument[]) : [];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

/** What a document says with changes. One that cannot be read is not changed, and says how it is wrong. */
function said(document: ReadDocument, changes: readonly Change[]): string {
  if (document.errors.length > 0)
    return document.errors.map(({ code, message }) => `${code} ${message}`).join();
  const tree = new PlainTree(document.contents);
  for (const change of changes) tree.apply(change);
  return tree.text();
}

/** How far the dashes of the first list in lines stand behind the key that has it; 2 where there is none. */
function dashIndentOf({ contents }: ReadDocument, text: string): number {
  let indent = 2;
  const column = (at: number): number => at - startOfLine(text, at);
  visit(contents, {
    Pair: (_, pair) => {
      const { value } = pair;
      if (!isSeq(value) || isFlow(value) || value.items.length === 0) return undefined;
      indent = column(dashOf(value, 0)) === column(startOf(pair)) ? 0 : 2;
      return visit.BREAK;
    },
  });
  return indent;
}
