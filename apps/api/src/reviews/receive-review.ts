import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { UploadRepository } from '@portolan/store';
import { CONFIG, type ServerConfig } from '../config/config.js';
import { RequestError } from '../errors/request-error.js';
import { fingerprintOf } from '../uploads/fingerprint.js';
import type { Upload } from '../uploads/ingest-request.js';
import { timely } from '../uploads/receive-body.js';
import { MAX_BODY_MS } from '../uploads/upload-receiver.js';
import { type PlannedReview, releaseUploads, type ReviewUploads } from './planned-review.js';
import { type PartReader, readParts } from './read-parts.js';
import { readReviewOptions, withBase, withoutBase } from './read-review-options.js';
import { MAX_OPTIONS_BYTES } from './review-limits.js';
import type { SaidReview } from './said-review.js';

/** A review whose manifests have arrived. */
export interface ReceivedReview {
  readonly plan: PlannedReview;
  readonly uploads: ReviewUploads;
}

/** The parts in their order. */
const PARTS = ['options', 'base', 'head'] as const;
type PartName = (typeof PARTS)[number];
/** What a form has beside its parts: boundaries and headers. */
const FORM_BYTES = 64 * 1024;

/** Receives the parts of a review by REST. */
@Injectable()
export class ReviewReceiver {
  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(UploadRepository) private readonly uploads: UploadRepository,
  ) {}

  /**
   * `plan` is called before the manifests are read, and once more when there turns out to be no base. Nothing stays when it
   * fails.
   * @throws RequestError BAD_REQUEST, TOO_LARGE, REQUEST_TIMEOUT; BadQuestionError over the options; what `plan` throws.
   */
  async receive(
    request: IncomingMessage,
    plan: (said: SaidReview) => Promise<PlannedReview>,
  ): Promise<ReceivedReview> {
    const { maxUploadBytes, uploadIdleSeconds } = this.config;
    const maxBytes = 2 * maxUploadBytes + MAX_OPTIONS_BYTES + FORM_BYTES;
    if (Number(request.headers['content-length'] ?? 0) > maxBytes)
      throw tooLarge('The body', maxBytes);
    const chunks = timely(request, { idleMs: uploadIdleSeconds * 1000, totalMs: MAX_BODY_MS });
    const form = new ReviewForm(this.uploads, maxUploadBytes, plan);
    try {
      const limits = { maxParts: PARTS.length, maxFieldBytes: MAX_OPTIONS_BYTES, maxBytes };
      await readParts(request, chunks, form, limits);
      return await form.finish();
    } catch (error) {
      await releaseUploads(form.uploads);
      throw error;
    }
  }
}

/** The form as far as it was read. */
class ReviewForm implements PartReader {
  readonly uploads: { base: Upload | null; head: Upload | null } = { base: null, head: null };
  #said: SaidReview | null = null;
  #plan: PlannedReview | null = null;
  #last = -1;

  constructor(
    private readonly store: UploadRepository,
    private readonly maxUploadBytes: number,
    private readonly plan: (said: SaidReview) => Promise<PlannedReview>,
  ) {}

  async file(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const part = this.#next(name);
    if (part === 'options') {
      await this.#begin(await textOf(chunks));
      return;
    }
    this.uploads[part] = await this.#store(part, chunks);
  }

  async field(name: string, text: string): Promise<void> {
    const part = this.#next(name);
    if (part !== 'options')
      throw badForm(`the part "${part}" needs a file name in its Content-Disposition`);
    await this.#begin(text);
  }

  async #begin(options: string): Promise<void> {
    this.#said = readReviewOptions(options);
    this.#plan = await this.plan(withBase(this.#said));
  }

  /** What was received, when nothing is missing. */
  async finish(): Promise<ReceivedReview> {
    if (this.#said === null || this.#plan === null) throw badForm('the part "options" is missing');
    if (this.uploads.head === null) throw badForm('the part "head" is missing');
    const isWithBase = this.uploads.base !== null;
    const plan = isWithBase ? this.#plan : await this.plan(withoutBase(this.#said));
    return { plan, uploads: this.uploads };
  }

  #next(name: string): PartName {
    const at = PARTS.findIndex((part) => part === name);
    const part = PARTS[at];
    if (part === undefined)
      throw badForm(`there is no part "${name.slice(0, 80)}"; there are ${PARTS.join(', ')}`);
    if (at <= this.#last || (at > 0 && this.#last < 0))
      throw badForm(
        `the part "${part}" is out of place: ${PARTS.join(', ')} come once, in this order`,
      );
    this.#last = at;
    return part;
  }

  async #store(part: PartName, chunks: AsyncIterable<Uint8Array>): Promise<Upload> {
    const hash = createHash('sha256');
    const { maxUploadBytes } = this;
    let bytes = 0;
    const id = await this.store.write(
      (async function* () {
        for await (const chunk of chunks) {
          bytes += chunk.byteLength;
          if (bytes > maxUploadBytes) throw tooLarge(`The part "${part}"`, maxUploadBytes);
          hash.update(chunk);
          yield chunk;
        }
      })(),
    );
    return {
      stored: { kind: 'tarGz', id, bytes },
      fingerprint: fingerprintOf([{ path: part, sha256: hash.digest('hex') }]),
      release: () => this.store.remove(id),
    };
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_OPTIONS_BYTES) throw tooLarge('The part "options"', MAX_OPTIONS_BYTES);
    all.push(chunk);
  }
  return Buffer.concat(all).toString('utf8');
}

function badForm(reason: string): RequestError {
  return new RequestError('BAD_REQUEST', `The form is not one of a review: ${reason}.`);
}

function tooLarge(what: string, limit: number): RequestError {
  return new RequestError('TOO_LARGE', `${what} is larger than ${limit} bytes`, { limit });
}
