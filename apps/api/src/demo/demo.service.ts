import { Inject, Injectable } from '@nestjs/common';
import { invariant } from '@portolan/model';
import type { ClusterRow } from '@portolan/store';
import { ClustersService } from '../clusters/clusters.service.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';
import { UploadJobsService } from '../uploads/upload-jobs.service.js';
import { UploadReceiver } from '../uploads/upload-receiver.js';
import { SHOP_FILES } from './shop-files.js';

const SLUG = 'demo';
const NAME = 'Demo shop';
const WAIT_SECONDS = 60;

/** Something to ask about for who has just started the server. */
@Injectable()
export class DemoService {
  constructor(
    @Inject(ClustersService) private readonly clusters: ClustersService,
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
    @Inject(UploadReceiver) private readonly receiver: UploadReceiver,
    @Inject(UploadJobsService) private readonly uploads: UploadJobsService,
  ) {}

  /** Makes the cluster `demo` when there is no cluster at all, by the way of every upload. Returns whether it is there. */
  async load(): Promise<boolean> {
    const cluster = await this.#cluster();
    if (cluster === null) return false;
    // A start before may have ended when it had made the cluster, and nothing else.
    const isLoaded =
      cluster.name !== NAME || (await this.snapshots.latestOf(cluster.id, null)) !== null;
    if (!isLoaded) await this.#upload(cluster);
    return true;
  }

  async #cluster(): Promise<ClusterRow | null> {
    if (!(await this.clusters.isEmpty())) return this.clusters.findBySlug(SLUG);
    const created = await this.clusters.create({ slug: SLUG, name: NAME, labels: { env: 'demo' } });
    // Somebody else was quicker.
    return 'cluster' in created ? created.cluster : this.clusters.findBySlug(SLUG);
  }

  async #upload(cluster: ClusterRow): Promise<void> {
    const upload = await this.receiver.inline({ files: SHOP_FILES });
    invariant('stored' in upload, 'the demo cluster is an upload like any other');
    const options = {
      completeness: 'COMPLETE',
      takenAt: null,
      git: null,
      isStrict: false,
      idempotencyKey: null,
    } as const;
    const answer = await this.uploads.take(
      { cluster, upload, options, actor: 'portolan' },
      WAIT_SECONDS,
    );
    invariant(answer.kind === 'STORED', `the demo cluster could not be stored: ${answer.kind}`);
  }
}
