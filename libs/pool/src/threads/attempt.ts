import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { TaskTimeoutError } from '../pool-errors.js';
import type { FromThread, ToThread } from './protocol.js';

/** A thread that loads its code for longer than this will never answer. */
const START_TIMEOUT_MS = 30_000;

/** Something that a task said, and the way to answer it. */
export interface MessageFromTask {
  readonly message: FromThread;
  readonly reply: (message: ToThread) => void;
}

/** What an attempt is about, and how it is stopped. */
export interface AttemptOptions {
  /** Kind of the task, for messages. */
  readonly name: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly onMessage: ((message: MessageFromTask) => void) | undefined;
  /** Ends the attempt, and its thread if it has one. */
  readonly stop: (reason: unknown) => void;
}

/** One try at a task: the port on which it speaks, and the clock and the signal that may stop it. */
export class Attempt {
  /** For the thread. */
  readonly port: MessagePort;
  readonly #port: MessagePort;
  readonly #options: AttemptOptions;
  #limitMs: number;
  #isClosed = false;
  #timer: NodeJS.Timeout;
  #hasStarted = false;

  constructor(options: AttemptOptions) {
    this.#options = options;
    const channel = new MessageChannel();
    this.port = channel.port2;
    this.#port = channel.port1;
    this.#port.on('message', this.#receive);
    this.#limitMs = Math.max(START_TIMEOUT_MS, options.timeoutMs);
    this.#timer = setTimeout(this.#onTimeout, this.#limitMs);
    options.signal?.addEventListener('abort', this.#onSignal);
  }

  /** Whether a thread has taken it up. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** Delivers what the task said before it ended. Its result comes by another way, and may be faster. */
  drain(): void {
    for (;;) {
      const next = receiveMessageOnPort(this.#port) as { readonly message: FromThread } | undefined;
      if (next === undefined) return;
      this.#receive(next.message);
    }
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener('abort', this.#onSignal);
    this.#port.close();
  }

  readonly #receive = (message: FromThread): void => {
    if (message.kind === 'started') {
      this.#hasStarted = true;
      this.#limitMs = this.#options.timeoutMs;
    }
    this.#restartClock();
    try {
      this.#options.onMessage?.({ message, reply: this.#reply });
    } catch (error) {
      // The listener's bug: it would otherwise end the process, as nobody awaits an event.
      this.#options.stop(error);
    }
  };

  readonly #reply = (message: ToThread): void => {
    this.#restartClock();
    this.#port.postMessage(message);
  };

  #restartClock(): void {
    // The last chunk of a stream is acknowledged behind its end: that clock would keep the process.
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onTimeout, this.#limitMs);
  }

  readonly #onTimeout = (): void =>
    this.#options.stop(new TaskTimeoutError(this.#options.name, this.#limitMs));

  readonly #onSignal = (): void => this.#options.stop(this.#options.signal?.reason);
}
