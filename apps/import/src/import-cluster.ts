import { awaitJob, cancelJob, PortolanClient } from '@portolan/client';
import {
  DEFAULT_LISTING_LIMITS,
  listCluster,
  type ListingPart,
  openApiServer,
} from '@portolan/live';
import type { ImportOptions } from './config/import-options.js';
import { describeSnapshot } from './describe-snapshot.js';
import { ImportError, Interrupted } from './import-error.js';
import { type MakeListing, sendListing, type UploadAnswer } from './send-listing.js';

/** Where an import says what it does. */
export interface ImportOutput {
  /** What it is at. */
  readonly progress: (line: string) => void;
  /** What came of it. */
  readonly result: (line: string) => void;
}

/**
 * Lists a cluster, and stores it as a snapshot.
 * @throws ListingError, ImportError, Interrupted: their messages say whether something may have been stored.
 */
export async function importCluster(
  options: ImportOptions,
  signal: AbortSignal,
  output: ImportOutput,
): Promise<void> {
  const server = openApiServer(options.access);
  const client = new PortolanClient(options.server, options.token);
  output.progress(`Listing ${server.url}`);
  const limits = { ...DEFAULT_LISTING_LIMITS, requestMs: options.requestMs };
  const list: MakeListing = (stop) => told(listCluster(server, limits, stop), output);

  const jobId = await upload(client, options, list, signal, output);
  output.progress(`Portolan reads it: job ${jobId}`);
  const snapshotId = await snapshotOf(client, jobId, signal);
  const lines = await describeSnapshot(client, snapshotId, options.cluster).catch(
    (error: unknown) => [
      `Snapshot ${snapshotId} of cluster ${options.cluster} is stored; ${String(error)}`,
    ],
  );
  for (const line of lines) output.result(line);
}

async function upload(
  client: PortolanClient,
  { cluster, isStrict }: ImportOptions,
  list: MakeListing,
  signal: AbortSignal,
  output: ImportOutput,
): Promise<string> {
  // Without a wait the answer has the job at once, and whoever stops us then can be told which.
  const query = new URLSearchParams({
    completeness: 'COMPLETE',
    strict: String(isStrict),
    waitSeconds: '0',
  });
  const path = `/v1/clusters/${encodeURIComponent(cluster)}/snapshots?${query.toString()}`;
  let isSent = false;
  const sending = sendListing(
    client.post(path, { 'content-type': 'application/x-tar' }),
    list,
    signal,
    () => {
      isSent = true;
      output.progress('Everything is sent');
    },
  );
  const answer = await sending.catch((error: unknown) => {
    if (!isSent) throw error;
    throw new ImportError(
      `${messageOf(error)} Everything was sent, so it may be stored all the same: look at the newest snapshot of ${cluster}.`,
    );
  });
  return jobOf(answer);
}

/** The job that reads what was sent. */
function jobOf({ status, body }: UploadAnswer): string {
  const { job, detail, code } = (body ?? {}) as {
    readonly job?: { readonly id?: unknown };
    readonly detail?: unknown;
    readonly code?: unknown;
  };
  if (status >= 200 && status < 300 && typeof job?.id === 'string') return job.id;
  const said = [code, detail].filter((part) => typeof part === 'string').join(': ');
  throw new ImportError(
    `Nothing is stored: Portolan answers ${status}${said === '' ? '' : `, ${said}`}`,
  );
}

/** The snapshot that a job makes. */
async function snapshotOf(
  client: PortolanClient,
  jobId: string,
  signal: AbortSignal,
): Promise<string> {
  const end = await awaitJob(client, jobId, signal).catch(async (error: unknown) => {
    if (signal.aborted) throw await interrupted(client, jobId);
    throw new ImportError(`${messageOf(error)} What became of job ${jobId} is not known.`);
  });
  switch (end.kind) {
    case 'STORED':
      return end.snapshotId;
    case 'CANCELLED':
      throw new ImportError(`Nothing is stored: job ${jobId} was cancelled.`);
    case 'FAILED':
      throw new ImportError(`Nothing is stored: ${end.code}: ${end.message}`);
  }
}

/** Who stops us does not want the snapshot; but Portolan has all of it by now. */
async function interrupted(client: PortolanClient, jobId: string): Promise<Interrupted> {
  return (await cancelJob(client, jobId))
    ? new Interrupted(`Interrupted. Nothing is stored: job ${jobId} is cancelled.`)
    : new Interrupted(
        `Interrupted, but everything was sent, and job ${jobId} could not be stopped: it may be stored all the same.`,
      );
}

async function* told(
  parts: AsyncIterable<ListingPart>,
  { progress }: ImportOutput,
): AsyncGenerator<ListingPart> {
  for await (const part of parts) {
    if (part.type === 'LISTED') progress(`  ${part.objects} ${part.resource}`);
    if (part.type === 'GAP')
      progress(
        `  ${part.resource} cannot be listed: ${part.reason}. The snapshot will be PARTIAL.`,
      );
    yield part;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
