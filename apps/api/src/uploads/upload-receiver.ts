import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { UploadRepository } from '@portolan/store';
import { CONFIG, type ServerConfig } from '../config/config.js';
import type { UserError } from '../errors/user-error.js';
import type { ManifestSourceInput } from './create-snapshot.input.js';
import { fingerprintOf } from './fingerprint.js';
import type { Upload } from './ingest-request.js';
import { readInlineUpload } from './inline-upload.js';
import { receiveBody } from './receive-body.js';

/** Longest time in milliseconds that one body may take, however steadily it comes. */
export const MAX_BODY_MS = 3_600_000;

/** The two ways by which manifests come, each within the limits of the configuration. */
@Injectable()
export class UploadReceiver {
  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(UploadRepository) private readonly uploads: UploadRepository,
  ) {}

  /** Inside a GraphQL request; or why they cannot be an upload. */
  inline(manifests: ManifestSourceInput): Promise<Upload | UserError> {
    const { maxInlineBytes } = this.config;
    return readInlineUpload(manifests, { maxInlineBytes, uploads: this.uploads });
  }

  /** As the body of a request; `name` is its path in locations. Fails as `receiveBody`. */
  async body(request: IncomingMessage, name: string): Promise<Upload> {
    const { maxUploadBytes, uploadIdleSeconds } = this.config;
    const { id, bytes, sha256 } = await receiveBody(request, this.uploads, {
      maxBytes: maxUploadBytes,
      idleMs: uploadIdleSeconds * 1000,
      totalMs: MAX_BODY_MS,
    });
    return {
      stored: { kind: 'file', id, bytes, name },
      fingerprint: fingerprintOf([{ path: name, sha256 }]),
      release: () => this.uploads.remove(id),
    };
  }
}
