import type { ClientRequest, IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ListingPart } from '@portolan/live';
import { ArchiveWriter } from './archive-writer.js';
import { ImportError } from './import-error.js';

/** What the server says to an upload. */
export interface UploadAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A listing that stops when the signal is aborted. */
export type MakeListing = (signal: AbortSignal) => AsyncIterable<ListingPart>;

/** Longest time for the answer when everything was sent: it does not wait for the snapshot. */
const ANSWER_MS = 120_000;

/**
 * Sends a listing as the body of a request, while it is made. When the listing fails, or `signal` is aborted, the body is left
 * without its end, so that the server stores nothing. When all is sent, `onSent` is called, and `signal` has no effect
 * any more: only the answer tells what became of it.
 */
export async function sendListing(
  request: ClientRequest,
  list: MakeListing,
  signal: AbortSignal,
  onSent: () => void,
): Promise<UploadAnswer> {
  // The server may have its say before all is sent: there is no such cluster, or the token is wrong.
  const answered = new AbortController();
  const answer = answerTo(request);
  const tellAnswered = (): void => answered.abort();
  answer.then(tellAnswered, tellAnswered);
  const archive = new ArchiveWriter(request);
  try {
    const stop = AbortSignal.any([signal, answered.signal]);
    for await (const part of list(stop)) {
      if (part.type === 'FILE') await archive.write(part.path, part.content, stop);
    }
    stop.throwIfAborted();
  } catch (error) {
    const isOver = answered.signal.aborted || request.destroyed;
    archive.abandon();
    // The answer, or why there is none, explains more than that nothing could be written.
    if (isOver && !signal.aborted) return answer;
    throw error;
  }
  onSent();
  archive.finish();
  return withinTime(answer);
}

function answerTo(request: ClientRequest): Promise<UploadAnswer> {
  return new Promise<UploadAnswer>((resolve, reject) => {
    request.on('response', (response) => {
      readAnswer(response).then(resolve, reject);
    });
    request.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      reject(new ImportError(`Portolan does not take the upload: ${code ?? message}`));
    });
  });
}

async function readAnswer(response: IncomingMessage): Promise<UploadAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return { status: response.statusCode ?? 0, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

async function withinTime(answer: Promise<UploadAnswer>): Promise<UploadAnswer> {
  const done = new AbortController();
  const late = sleep(ANSWER_MS, null, { signal: done.signal });
  late.catch(() => undefined);
  try {
    const first = await Promise.race([answer, late]);
    if (first !== null) return first;
    throw new ImportError(`Portolan has not answered for ${ANSWER_MS / 1000} s.`);
  } finally {
    done.abort();
  }
}
