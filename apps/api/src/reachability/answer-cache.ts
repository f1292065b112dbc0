import { Injectable } from '@nestjs/common';
import { ENGINE_VERSION, type PermissionRelation } from '@portolan/engine';
import type { AccessPage, SnapshotDiff } from '@portolan/model';
import type { FindingChanges, FoundFindings, PoolAnswer, PoolQuestion } from '@portolan/pool';
import { MemoCache } from '../indexes/memo-cache.js';

/** What is worth remembering: answers that took a worker. */
export type HeavyAnswer =
  PoolAnswer<PoolQuestion> | SnapshotDiff | PermissionRelation | FoundFindings | FindingChanges;

const HEAVY_BYTES = 64 * 1024 * 1024;
const LIGHT_BYTES = 32 * 1024 * 1024;
/** Bytes that a row of an answer takes in memory, roughly. */
const BYTES_OF_ROW = 1500;

/**
 * Answers of the engine. A snapshot never changes, so the answer to a question about it holds as long as the engine's
 * version does.
 */
@Injectable()
export class AnswerCache {
  readonly #heavy = new MemoCache<HeavyAnswer>({ maxWeight: HEAVY_BYTES, weigh: weightOf });
  /** Apart, so that many small ones do not drive out those that took long. */
  readonly #light = new MemoCache<AccessPage>({ maxWeight: LIGHT_BYTES, weigh: weightOf });

  /** An answer that takes a worker, about the snapshots of these keys. Failures are not remembered. */
  get<Answer extends HeavyAnswer>(
    snapshots: readonly string[],
    question: object,
    make: (signal: AbortSignal) => Promise<Answer>,
    signal: AbortSignal | null = null,
  ): Promise<Answer> {
    // The question in the key says which kind of answer lies behind it.
    return this.#heavy.get(keyOf(snapshots, question), make, signal) as Promise<Answer>;
  }

  /** As `get`, an answer that is made at once. */
  getLight(snapshot: string, question: object, make: () => AccessPage): AccessPage {
    return this.#light.getAtOnce(keyOf([snapshot], question), make);
  }
}

function keyOf(snapshots: readonly string[], question: object): string {
  return JSON.stringify([ENGINE_VERSION, snapshots, question]);
}

function weightOf(answer: HeavyAnswer): number {
  if ('byteLength' in answer) return BYTES_OF_ROW + answer.byteLength;
  return BYTES_OF_ROW * (1 + rowsOf(answer));
}

function rowsOf(answer: Exclude<HeavyAnswer, FoundFindings | FindingChanges>): number {
  if ('rows' in answer) return answer.rows.length;
  if ('counterexamples' in answer) return answer.counterexamples.length;
  if ('changes' in answer) return answer.changes.length + answer.objectChanges.length;
  return answer.explanation.egress.nearMisses.length + answer.explanation.ingress.nearMisses.length;
}
