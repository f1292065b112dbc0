import { setTimeout as sleep } from 'node:timers/promises';
import { ClientError } from './client-error.js';
import { multipart, type Part } from './multipart.js';
import type { PortolanClient } from './portolan-client.js';
import { jsonOf, problemText } from './problem-text.js';
import type { Answer } from './send.js';

/** Which stored state a change is laid over. */
export type OverlayRef = { readonly snapshot: string } | { readonly latestOf: string };

/** Where a change comes from. */
export interface GitContext {
  readonly repository: string;
  readonly commit: string | null;
  readonly ref: string | null;
  readonly pullRequest: number | null;
  readonly url: string | null;
}

/** A file as both states have it; null = it does not. */
export interface FileOfBoth {
  readonly base: string | null;
  readonly head: string | null;
  /** For the report. */
  readonly path: string;
}

/** What `POST /v1/reviews` is told besides the manifests. */
export interface ReviewOptions {
  readonly cluster: string;
  readonly path: string;
  readonly overlay: OverlayRef | null;
  readonly prune: {
    readonly folder: boolean;
    readonly namespaces: readonly string[];
    readonly labels: string | null;
  } | null;
  readonly failOn: readonly string[];
  readonly warnOn: readonly string[];
  readonly minSeverity: string;
  readonly exceptions: FileOfBoth | null;
  readonly invariants: FileOfBoth | null;
  /** Settings of rules. Left out where there are none: servers of before do not know it. */
  readonly config?: FileOfBoth;
  readonly today: string | null;
  readonly strict: boolean;
  readonly allowEmpty: boolean;
  readonly git: GitContext | null;
  /** Equal keys get the review that is there already: whoever lost the answer can ask again. */
  readonly idempotencyKey: string;
}

/** A review that is asked for: options, and both states as tar.gz. `base` null = what the cluster has. */
export interface ReviewRequest {
  readonly options: ReviewOptions;
  readonly base: Uint8Array | null;
  readonly head: Uint8Array;
}

/** A review that is done. */
export interface ReviewAnswer {
  /** The report as JSON. */
  readonly json: string;
  /** What the server would end with; null when it does not say. */
  readonly exitCode: string | null;
}

/** How long the server may hold an answer back until the review is done. */
const WAIT_SECONDS = 25;
const POLL_MS = { least: 100, usual: 1_000, most: 30_000 };
const PATH = '/v1/reviews';

/**
 * Has a server review a change, and waits for the end of it.
 * @throws ClientError when there is no review; what `signal` was aborted with.
 */
export async function requestReview(
  client: PortolanClient,
  { options, base, head }: ReviewRequest,
  signal: AbortSignal,
): Promise<ReviewAnswer> {
  const fields = JSON.stringify({ ...options, waitSeconds: WAIT_SECONDS });
  const { type, body } = multipart([
    { name: 'options', fileName: null, type: 'application/json', content: fields },
    ...(base === null ? [] : [archivePart('base', base)]),
    archivePart('head', head),
  ]);
  const accept = { accept: 'application/json' };
  let answer = await client.send(PATH, {
    method: 'POST',
    headers: { ...accept, 'content-type': type },
    body,
    signal,
  });
  while (answer.status === 202) {
    const { id, pollAfterMs } = runningOf(client, answer);
    await sleep(pollAfterMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    const path = `${PATH}/${encodeURIComponent(id)}?waitSeconds=${WAIT_SECONDS}`;
    answer = await client.send(path, { method: 'GET', headers: accept, signal });
  }
  if (answer.status !== 200)
    throw new ClientError(`${client.address(PATH)}: ${problemText(answer)}`);
  return { json: answer.text, exitCode: answer.headers.get('portolan-exit-code') };
}

function archivePart(name: 'base' | 'head', content: Uint8Array): Part {
  return { name, fileName: `${name}.tar.gz`, type: 'application/gzip', content };
}

/** What is still worked on. Where to ask for it we know; an address from an answer could be anybody's. */
function runningOf(
  client: PortolanClient,
  { text }: Answer,
): { readonly id: string; readonly pollAfterMs: number } {
  const { id, pollAfterMs } = (jsonOf(text) ?? {}) as {
    readonly id?: unknown;
    readonly pollAfterMs?: unknown;
  };
  if (typeof id !== 'string' || id === '')
    throw new ClientError(`${client.address(PATH)} answers 202 without the id of a review`);
  const asked = typeof pollAfterMs === 'number' ? pollAfterMs : POLL_MS.usual;
  return { id, pollAfterMs: Math.min(POLL_MS.most, Math.max(POLL_MS.least, asked)) };
}
