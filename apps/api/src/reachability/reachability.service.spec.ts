import type { Analysis } from '@portolan/engine';
import {
  type AccessPage,
  type AllowedAccessQuestion,
  ANY_TRAFFIC,
  type Asked,
  DEFAULT_PEER_SCOPE,
} from '@portolan/model';
import type { WorkerPool } from '@portolan/pool';
import { describe, expect, it } from 'vitest';
import { BadQuestionError } from '../errors/bad-question.error.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { requestContext } from '../logging/request-context.js';
import { AnswerCache } from './answer-cache.js';
import { ReachabilityService } from './reachability.service.js';

const PAGE: AccessPage = { rows: [], totalCount: 0, caveats: [] };
const QUESTION: AllowedAccessQuestion = {
  from: null,
  to: null,
  traffic: ANY_TRAFFIC,
  crossNamespace: false,
  isEnforced: true,
  groupBy: 'WORKLOAD',
  peers: DEFAULT_PEER_SCOPE,
  page: { offset: 0, limit: 20 },
};

type Ask = (signal: AbortSignal) => Promise<Asked<AccessPage>>;

/** A service whose workers answer with `ask`; the snapshot has a key and nothing else. */
function setUp(ask: Ask): { service: ReachabilityService; snapshot: IndexedSnapshot } {
  const pool = {
    ask: (_index: unknown, _question: unknown, { signal }: { signal: AbortSignal }) => ask(signal),
  };
  const service = new ReachabilityService(pool as unknown as WorkerPool, new AnswerCache());
  const snapshot = { row: { key: 'k' }, analysis: {} as Analysis } as IndexedSnapshot;
  return { service, snapshot };
}

describe('ReachabilityService', () => {
  it('asks a worker once for the same question', async () => {
    let asked = 0;
    const { service, snapshot } = setUp(() => {
      asked++;
      return Promise.resolve({ ok: true, answer: PAGE });
    });
    await service.allowedAccess(snapshot, QUESTION);
    await service.allowedAccess(snapshot, { ...QUESTION });
    expect(asked).toBe(1);
    await service.allowedAccess(snapshot, { ...QUESTION, crossNamespace: true });
    expect(asked).toBe(2);
  });

  it('passes on what is wrong with a question', async () => {
    const problem = { code: 'INVALID', message: 'no pods', argument: 'to' } as const;
    const { service, snapshot } = setUp(() => Promise.resolve({ ok: false, problem }));
    const asking = service.allowedAccess(snapshot, QUESTION);
    await expect(asking).rejects.toBeInstanceOf(BadQuestionError);
    await expect(asking).rejects.toMatchObject(problem);
  });

  it('ends the work of a caller that has left', async () => {
    const { service, snapshot } = setUp(
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('cancelled')));
        }),
    );
    const caller = new AbortController();
    const context = { requestId: 'r', actor: 'a', signal: caller.signal };
    const asking = requestContext.run(context, () => service.allowedAccess(snapshot, QUESTION));
    const isEnded = expect(asking).rejects.toThrow('cancelled');
    caller.abort();
    await isEnded;
  });
});
