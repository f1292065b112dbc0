import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { IndexCache } from '../indexes/index-cache.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { NodeRegistry } from '../nodes/node-registry.js';
import type { SnapshotObjectId, SnapshotObjectType } from '../relay/global-id.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';
import { toNamespaceModel } from './namespace.mapper.js';
import type { ObjectModel } from './object.model.js';
import { toPodModel } from './pod.mapper.js';
import { toPolicyModel } from './policy.mapper.js';
import { toRouteModel } from './route.mapper.js';
import { toServiceModel } from './service.mapper.js';
import { toWorkloadModel } from './workload.mapper.js';

/** Finds the objects of snapshots by their global ids, for `node` and `nodes`. */
@Injectable()
export class ObjectNodes implements OnModuleInit {
  constructor(
    @Inject(NodeRegistry) private readonly registry: NodeRegistry,
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
  ) {}

  onModuleInit(): void {
    const types: readonly SnapshotObjectType[] = [
      'Namespace',
      'Workload',
      'Pod',
      'Policy',
      'Service',
      'Route',
    ];
    for (const type of types) this.registry.register(type, (id) => this.#find(id));
  }

  async #find(id: SnapshotObjectId): Promise<ObjectModel | null> {
    const row = await this.snapshots.findById(id.snapshot);
    return row === null ? null : toObjectModel(await this.indexes.get(row), id);
  }
}

function toObjectModel(
  snapshot: IndexedSnapshot,
  { type, index }: SnapshotObjectId,
): ObjectModel | null {
  const { view } = snapshot;
  switch (type) {
    case 'Namespace':
      return index < view.namespaceCount ? toNamespaceModel(snapshot, index) : null;
    case 'Workload':
      return index < view.workloadCount ? toWorkloadModel(snapshot, index) : null;
    case 'Pod':
      return index < view.podCount ? toPodModel(snapshot, index) : null;
    case 'Policy':
      return index < view.policyCount ? toPolicyModel(snapshot, index) : null;
    case 'Service':
      return index < view.services.count ? toServiceModel(snapshot, index) : null;
    case 'Route':
      return index < view.routes.count ? toRouteModel(snapshot, index) : null;
  }
}
