import type { MessagePort } from 'node:worker_threads';
import type { IngestProgress } from '../messages.js';
import type { ErrorData } from './error-data.js';

/** A task as a thread gets it: `port` carries what is said before the result. */
export interface Job<Task> {
  readonly task: Task;
  readonly port: MessagePort;
}

/** What a thread says while a task runs. */
export type FromThread =
  /** The thread has taken up the task: from now on its time counts. */
  | { readonly kind: 'started' }
  | { readonly kind: 'progress'; readonly progress: IngestProgress }
  /** Part of a document; `offset` = bytes before it. */
  | { readonly kind: 'chunk'; readonly offset: number; readonly bytes: Uint8Array };

/** What a thread is told while a task runs: the reader took a chunk, so one more may be sent. */
export interface ToThread {
  readonly kind: 'credit';
}

/** How a task ended. An error inside the task is a result, so that a rejection can only mean that the thread died. */
export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: ErrorData };

/** Chunks that may be on their way to the reader: bounds what a slow reader costs to 4 × 64 KiB. */
export const CHUNK_WINDOW = 4;
