import { awaitJob, type JobEnd } from './await-job.js';
import { ClientError } from './client-error.js';
import type { GitContext } from './request-review.js';
import type { PortolanClient } from './portolan-client.js';
import { jsonOf, problemText } from './problem-text.js';

/** A state of a cluster that is to be stored. */
export interface SnapshotUpload {
  /** Slug. */
  readonly cluster: string;
  /** YAML, JSON, or an archive of such files. */
  readonly body: Uint8Array;
  readonly completeness: 'COMPLETE' | 'PARTIAL';
  /** Store nothing when anything in it is wrong. */
  readonly isStrict: boolean;
  /** Null = now. */
  readonly takenAt: string | null;
  /** Where it comes from; null = nobody says. */
  readonly git: GitContext | null;
  /** Equal keys get the snapshot that is there already: whoever lost the answer can ask again. */
  readonly idempotencyKey: string;
}

/** How long the server may hold an answer back until it has read everything. */
const WAIT_SECONDS = 25;

/**
 * Has a server store a snapshot, and waits for it. Resolves to its id.
 * @throws ClientError when nothing is stored; what `signal` was aborted with.
 */
export async function uploadSnapshot(
  client: PortolanClient,
  { cluster, body, completeness, isStrict, takenAt, git, idempotencyKey }: SnapshotUpload,
  signal: AbortSignal,
): Promise<string> {
  const query = new URLSearchParams({
    completeness,
    strict: String(isStrict),
    waitSeconds: String(WAIT_SECONDS),
    ...(takenAt === null ? {} : { takenAt }),
  });
  for (const [name, value] of Object.entries(git ?? {}))
    if (value !== null) query.set(`git.${name}`, String(value));
  const path = `/v1/clusters/${encodeURIComponent(cluster)}/snapshots`;
  const answer = await client.send(`${path}?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'idempotency-key': idempotencyKey },
    body,
    signal,
  });
  const address = client.address(path);
  if (![200, 201, 202].includes(answer.status))
    throw new ClientError(`Nothing is stored. ${address}: ${problemText(answer)}`);
  const { snapshotId, job } = (jsonOf(answer.text) ?? {}) as {
    readonly snapshotId?: unknown;
    readonly job?: { readonly id?: unknown } | null;
  };
  if (typeof snapshotId === 'string') return snapshotId;
  if (typeof job?.id !== 'string')
    throw new ClientError(`${address} answers ${answer.status} without a job`);
  return snapshotOf(await awaitJob(client, job.id, signal));
}

function snapshotOf(end: JobEnd): string {
  switch (end.kind) {
    case 'STORED':
      return end.snapshotId;
    case 'CANCELLED':
      throw new ClientError('Nothing is stored: the job was cancelled.');
    case 'FAILED':
      throw new ClientError(`Nothing is stored: ${end.code}: ${end.message}`);
  }
}
