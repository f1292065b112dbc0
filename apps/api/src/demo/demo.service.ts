import { Inject, Injectable } from '@nestjs/common';
import { invariant } from '@portolan/model';
import { ClustersService } from '../clusters/clusters.service.js';
import { fingerprintOf } from '../snapshots/upload/fingerprint.js';
import { UploadJobsService } from '../snapshots/upload/upload-jobs.service.js';
import { SHOP_FILES } from './shop-files.js';

const SLUG = 'demo';
const WAIT_SECONDS = 60;

/** Something to ask about for who has just started the server. */
@Injectable()
export class DemoService {
  constructor(
    @Inject(ClustersService) private readonly clusters: ClustersService,
    @Inject(UploadJobsService) private readonly uploads: UploadJobsService,
  ) {}

  /** Makes the cluster `demo` when there is no cluster at all, by the way of every upload. Returns whether it is there. */
  async load(): Promise<boolean> {
    if (!(await this.clusters.isEmpty())) return (await this.clusters.findBySlug(SLUG)) !== null;
    const created = await this.clusters.create({
      slug: SLUG,
      name: 'Demo shop',
      labels: { env: 'demo' },
    });
    // Somebody else was quicker.
    if (!('cluster' in created)) return true;
    const files = SHOP_FILES.map(({ path, content }) => ({ path, content: Buffer.from(content) }));
    const upload = {
      source: { kind: 'files', files } as const,
      fingerprint: fingerprintOf([]),
      release: () => Promise.resolve(),
    };
    const options = {
      completeness: 'COMPLETE',
      takenAt: null,
      git: null,
      isStrict: false,
      idempotencyKey: null,
    } as const;
    const { cluster } = created;
    const answer = await this.uploads.take(
      { cluster, upload, options, actor: 'portolan' },
      WAIT_SECONDS,
    );
    invariant(answer.kind === 'STORED', `the demo cluster could not be stored: ${answer.kind}`);
    return true;
  }
}
