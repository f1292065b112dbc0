import { type Failed, tooLarge } from '../documents/read-documents.js';
import type { ReadDocument } from '../documents/read-result.js';
import type { ManifestLimits } from '../limits.js';
import { flattenLists } from '../documents/flatten-lists.js';
import { type ListHead, saysAll, UNKNOWN_HEAD } from './list-head.js';
import type { LongPart } from './long-part.js';

/** Some elements of a list as they are written, one after the other. */
export interface ElementText {
  readonly bytes: Buffer;
  readonly firstLine: number;
}

/** Why elements are none, in the words of their format. */
interface Fault {
  readonly kind: string;
}

/**
 * The elements of one list. Those that do not say what they are wait until the list has: they are held, and all behind them, so that the
 * order stays.
 */
export class ListElements<Broken extends Fault> {
  readonly #held: ElementText[] = [];
  #heldBytes = 0;
  #objects = 0;
  #lastLine = 0;

  /** `read` reads elements as a list of their own that has that head. `head` is undefined while the list has not said all. */
  constructor(
    private readonly read: (text: ElementText, head: ListHead) => ReadDocument | Broken | Failed,
    private readonly head: ListHead | undefined,
    private readonly limits: ManifestLimits,
  ) {}

  /** On which the last element ends that was read. */
  get lastLine(): number {
    return this.#lastLine;
  }

  /** Takes elements in. Gives a list of them, nothing while they are held, or why they are none. */
  take(text: ElementText): ReadDocument | Broken | Failed | null {
    const list = this.read(text, this.head ?? UNKNOWN_HEAD);
    if (!('root' in list)) return list;
    const isHeld = this.#held.length > 0 || (this.head === undefined && !saysAll(list));
    return isHeld ? this.#hold(text) : this.#counted(list, text);
  }

  /** Gives the elements that were held, now that the list has said what it is. */
  *release(head: ListHead): Generator<Broken | Failed | Extract<LongPart, { kind: 'elements' }>> {
    for (const text of this.#held) {
      const list = this.read(text, head);
      const counted = 'root' in list ? this.#counted(list, text) : list;
      yield 'root' in counted ? { kind: 'elements', list: counted } : counted;
    }
  }

  #hold({ bytes, firstLine }: ElementText): Failed | null {
    this.#heldBytes += bytes.length;
    if (this.#heldBytes > this.limits.maxDocumentBytes) {
      const message =
        'elements do not say what they are, and the list says it behind them: too many to hold';
      return tooLarge(message, firstLine);
    }
    this.#held.push({ bytes: Buffer.from(bytes), firstLine });
    return null;
  }

  #counted(list: ReadDocument, { firstLine }: ElementText): ReadDocument | Failed {
    this.#objects += flattenLists(list).length;
    this.#lastLine = list.root.lastLine;
    return this.#objects > this.limits.maxObjects
      ? tooLarge('too many objects in one document', firstLine)
      : list;
  }
}
