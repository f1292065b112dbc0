import { setTimeout as sleep } from 'node:timers/promises';
import { ClientError } from './client-error.js';
import type { PortolanClient } from './portolan-client.js';

/** How a job ended. */
export type JobEnd =
  | { readonly kind: 'STORED'; readonly snapshotId: string }
  | { readonly kind: 'FAILED'; readonly code: string; readonly message: string }
  | { readonly kind: 'CANCELLED' };

const JOB = `query ($id: ID!) {
  job(id: $id) { status pollAfterMs error { code message } result { id } }
}`;

interface JobAnswer {
  readonly job: {
    readonly status: string;
    readonly pollAfterMs: number;
    readonly error: { readonly code: string; readonly message: string } | null;
    readonly result: { readonly id: string } | null;
  } | null;
}

/** A server that is restarted is away for a while. */
const QUERIES_IN_VAIN = 10;
const WAIT_AFTER_FAILURE_MS = 1_000;

/**
 * Waits for the end of a job, however long it takes.
 * @throws ClientError when the server does not answer any more; what `signal` was aborted with.
 */
export async function awaitJob(
  client: PortolanClient,
  id: string,
  signal: AbortSignal,
): Promise<JobEnd> {
  let inVain = 0;
  for (;;) {
    signal.throwIfAborted();
    const asked = await client.query<JobAnswer>(JOB, { id }).catch((error: unknown) => {
      if (!(error instanceof ClientError) || ++inVain >= QUERIES_IN_VAIN) throw error;
      return null;
    });
    if (asked === null) {
      await pause(WAIT_AFTER_FAILURE_MS, signal);
      continue;
    }
    inVain = 0;
    const { job } = asked;
    if (job === null) throw new ClientError(`Portolan does not know job ${id} any more.`);
    const end = endOf(job);
    if (end !== null) return end;
    await pause(job.pollAfterMs, signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    signal.throwIfAborted();
  }
}

function endOf({ status, error, result }: NonNullable<JobAnswer['job']>): JobEnd | null {
  if (status === 'CANCELLED') return { kind: 'CANCELLED' };
  if (error !== null) return { kind: 'FAILED', ...error };
  return result === null ? null : { kind: 'STORED', snapshotId: result.id };
}

const CANCEL = `mutation ($id: ID!) {
  cancelJob(input: { jobId: $id }) { userErrors { message } }
}`;

/** Stops a job; false = it cannot be stopped any more, or nobody knows. */
export async function cancelJob(client: PortolanClient, id: string): Promise<boolean> {
  try {
    const { cancelJob: payload } = await client.query<{
      cancelJob: { userErrors: readonly unknown[] };
    }>(CANCEL, { id });
    return payload.userErrors.length === 0;
  } catch {
    return false;
  }
}
