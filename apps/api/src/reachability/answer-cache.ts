import { Injectable } from '@nestjs/common';
import { ENGINE_VERSION } from '@portolan/engine';
import type { AccessPage, ReachabilityAnswer, SnapshotDiff } from '@portolan/model';
import { MemoCache } from '../indexes/memo-cache.js';

/** What is worth remembering: answers that took a worker. */
export type HeavyAnswer = AccessPage | ReachabilityAnswer | SnapshotDiff;

const MAX_BYTES = 64 * 1024 * 1024;
/** Bytes that a row of an answer takes in memory, roughly. */
const BYTES_OF_ROW = 1500;

/**
 * Answers that took a worker. A snapshot never changes, so the answer to a question about it holds as long as the engine's
 * version does.
 */
@Injectable()
export class AnswerCache {
  readonly #answers = new MemoCache<HeavyAnswer>({ maxWeight: MAX_BYTES, weigh: weightOf });

  /** The answer to a question about the snapshots of these keys. Failures are not remembered. */
  get<Answer extends HeavyAnswer>(
    snapshots: readonly string[],
    question: object,
    make: (signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal | null = null,
  ): Promise<Answer> {
    const key = JSON.stringify([ENGINE_VERSION, snapshots, question]);
    // The question in the key says which kind of answer lies behind it.
    return this.#answers.get(key, make, signal) as Promise<Answer>;
  }
}

function weightOf(answer: HeavyAnswer): number {
  return BYTES_OF_ROW * (1 + rowsOf(answer));
}

function rowsOf(answer: HeavyAnswer): number {
  if ('rows' in answer) return answer.rows.length;
  if ('changes' in answer) return answer.changes.length + answer.objectChanges.length;
  return answer.explanation.egress.nearMisses.length + answer.explanation.ingress.nearMisses.length;
}
