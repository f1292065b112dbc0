import { Inject, Injectable } from '@nestjs/common';
import { ClustersService } from '../clusters/clusters.service.js';
import type { UserError } from '../errors/user-error.js';
import { ANONYMOUS, requestContext } from '../logging/request-context.js';
import type { Upload } from './ingest-request.js';
import { type TakenUpload, UploadJobsService } from './upload-jobs.service.js';
import { readUploadOptions, type SaidOptions } from './upload-options.js';
import { UploadReceiver } from './upload-receiver.js';

/** An upload as it comes, by whatever way. */
export interface SubmittedUpload {
  /** Slug. */
  readonly cluster: string;
  readonly said: SaidOptions;
  /** Called when all else is right. */
  readonly receive: (receiver: UploadReceiver) => Promise<Upload | UserError>;
}

/** The answer to an upload. */
export type UploadAnswer =
  | Exclude<TakenUpload, { readonly kind: 'KEY_REUSED' }>
  /** What the caller has to change; fields are those of CreateSnapshotInput. */
  | { readonly kind: 'WRONG'; readonly errors: readonly UserError[] };

/** Uploads from GraphQL and REST: what is said about them, then the cluster, then the bytes, then the work. */
@Injectable()
export class UploadsService {
  constructor(
    @Inject(ClustersService) private readonly clusters: ClustersService,
    @Inject(UploadReceiver) private readonly receiver: UploadReceiver,
    @Inject(UploadJobsService) private readonly jobs: UploadJobsService,
  ) {}

  /** Fails as `UploadJobsService.take`, and as receiving does. */
  async submit({ cluster: slug, said, receive }: SubmittedUpload): Promise<UploadAnswer> {
    const settings = readUploadOptions(said);
    if (!('options' in settings)) return { kind: 'WRONG', errors: settings };
    const cluster = await this.clusters.findBySlug(slug);
    if (cluster === null) return { kind: 'WRONG', errors: [unknownCluster(slug)] };
    const upload = await receive(this.receiver);
    if ('code' in upload) return { kind: 'WRONG', errors: [upload] };
    const { options, waitSeconds } = settings;
    const actor = requestContext.getStore()?.actor ?? ANONYMOUS;
    const taken = await this.jobs.take({ cluster, upload, options, actor }, waitSeconds);
    return taken.kind === 'KEY_REUSED' ? { kind: 'WRONG', errors: [KEY_REUSED] } : taken;
  }
}

const KEY_REUSED: UserError = {
  code: 'CONFLICT',
  message: 'The idempotency key was used for another upload to this cluster',
  field: ['idempotencyKey'],
};

function unknownCluster(slug: string): UserError {
  return {
    code: 'NOT_FOUND',
    message: `There is no cluster "${slug.slice(0, 80)}": make it with the mutation createCluster`,
    field: ['cluster'],
  };
}
