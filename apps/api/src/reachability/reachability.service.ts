import { Inject, Injectable } from '@nestjs/common';
import { canReach, isCheap, reachableFrom, whoCanReach } from '@portolan/engine';
import type {
  AccessPage,
  AllowedAccessQuestion,
  Asked,
  CanReachQuestion,
  PeersQuestion,
  ReachabilityAnswer,
} from '@portolan/model';
import { type PoolAnswer, type PoolQuestion, WorkerPool } from '@portolan/pool';
import { BadQuestionError } from '../errors/bad-question.error.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { requestContext } from '../logging/request-context.js';
import { AnswerCache } from './answer-cache.js';

/** How long the serving thread answers questions in one go, in milliseconds. */
const TIME_SLICE_MS = 10;

/**
 * Asks the engine. Questions about few pods are answered at once on the serving thread, where they take less than the
 * way to a worker and back; others by a worker. Answers are remembered.
 * Fails with BadQuestionError when the engine refuses the question, and as the pool does.
 */
@Injectable()
export class ReachabilityService {
  constructor(
    @Inject(WorkerPool) private readonly pool: WorkerPool,
    @Inject(AnswerCache) private readonly answers: AnswerCache,
  ) {}

  async whoCanReach(snapshot: IndexedSnapshot, question: PeersQuestion): Promise<AccessPage> {
    const { key, analysis } = snapshot;
    const named = { kind: 'whoCanReach', ...question } as const;
    return isCheap(analysis, question)
      ? this.answers.getLight(key, named, () => answerOf(whoCanReach(analysis, question)))
      : this.askWorker(snapshot, named);
  }

  async reachableFrom(snapshot: IndexedSnapshot, question: PeersQuestion): Promise<AccessPage> {
    const { key, analysis } = snapshot;
    const named = { kind: 'reachableFrom', ...question } as const;
    return isCheap(analysis, question)
      ? this.answers.getLight(key, named, () => answerOf(reachableFrom(analysis, question)))
      : this.askWorker(snapshot, named);
  }

  async canReach(
    snapshot: IndexedSnapshot,
    question: CanReachQuestion,
  ): Promise<ReachabilityAnswer> {
    return isCheap(snapshot.analysis, question)
      ? answerOf(canReach(snapshot.analysis, question))
      : this.askWorker(snapshot, { kind: 'canReach', ...question });
  }

  /** Answers in the order of the questions. Lets other requests in between. */
  async canReachMany(
    snapshot: IndexedSnapshot,
    questions: readonly CanReachQuestion[],
  ): Promise<ReachabilityAnswer[]> {
    const answers: ReachabilityAnswer[] = [];
    let sliceEnd = performance.now() + TIME_SLICE_MS;
    for (const question of questions) {
      answers.push(await this.canReach(snapshot, question));
      if (performance.now() < sliceEnd) continue;
      await new Promise(setImmediate);
      sliceEnd = performance.now() + TIME_SLICE_MS;
    }
    return answers;
  }

  allowedAccess(snapshot: IndexedSnapshot, question: AllowedAccessQuestion): Promise<AccessPage> {
    return this.askWorker(snapshot, { kind: 'allowedAccess', ...question });
  }

  /** Any question, by a worker. */
  askWorker<Question extends PoolQuestion>(
    { key, analysis }: IndexedSnapshot,
    question: Question,
  ): Promise<PoolAnswer<Question>> {
    return this.answers.get(
      [key],
      question,
      async (signal) => answerOf(await this.pool.ask(analysis.index, question, { signal })),
      requestContext.getStore()?.signal ?? null,
    );
  }
}

/** @throws BadQuestionError when the engine refused the question. */
function answerOf<Answer>(asked: Asked<Answer>): Answer {
  if (asked.ok) return asked.answer;
  throw new BadQuestionError(asked.problem);
}
