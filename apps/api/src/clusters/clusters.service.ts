import { Inject, Injectable } from '@nestjs/common';
import { type ClusterListQuery, ClusterRepository, type ClusterRow } from '@portolan/store';
import DataLoader from 'dataloader';
import type { UserError } from '../errors/user-error.js';
import { readSelector } from '../selectors/read-selector.js';
import { type Connection, toConnection } from '../relay/connection.js';
import { decodeGlobalId } from '../relay/global-id.js';
import { readPage } from '../relay/page.js';
import { toClusterModel } from './cluster.mapper.js';
import type { ClusterModel } from './cluster.model.js';
import type { ClustersArgs } from './clusters.args.js';
import { readClusterChanges } from './cluster-changes.js';
import { type NewClusterInput, readNewCluster } from './new-cluster.js';
import type { UpdateClusterInput } from './update-cluster.input.js';
import { isGiven } from '../schema/is-given.js';

/** A cluster, or why there is none. */
export type WrittenCluster =
  { readonly cluster: ClusterRow } | { readonly userErrors: readonly UserError[] };

/** Clusters: finding, listing, registering and changing them. */
@Injectable()
export class ClustersService {
  // Batches what one tick asks for, and keeps nothing: rows change.
  readonly #byId: DataLoader<string, ClusterRow | null>;

  constructor(@Inject(ClusterRepository) private readonly clusters: ClusterRepository) {
    this.#byId = new DataLoader((ids) => clusters.findByIds(ids), { cache: false });
  }

  findBySlug(slug: string): Promise<ClusterRow | null> {
    return this.clusters.findBySlug(slug);
  }

  findById(id: string): Promise<ClusterRow | null> {
    return this.#byId.load(id);
  }

  async list(args: ClustersArgs): Promise<Connection<ClusterModel>> {
    const page = readPage(args);
    const { items, total } = await this.clusters.list({ ...toListQuery(args), ...page });
    return toConnection(items.map(toClusterModel), total, page);
  }

  async isEmpty(): Promise<boolean> {
    return (await this.clusters.list({ offset: 0, limit: 1 })).total === 0;
  }

  /** Fields that are not given stay as they are. */
  async update(input: UpdateClusterInput): Promise<WrittenCluster> {
    const changes = readClusterChanges(input);
    if (isErrors(changes)) return { userErrors: changes };
    const globalId = decodeGlobalId(input.clusterId);
    const cluster =
      globalId?.type === 'Cluster' ? await this.clusters.update(globalId.uuid, changes) : null;
    if (cluster !== null) return { cluster };
    const message = 'There is no such cluster';
    return { userErrors: [{ code: 'NOT_FOUND', message, field: ['input', 'clusterId'] }] };
  }

  async create(input: NewClusterInput): Promise<WrittenCluster> {
    const wanted = readNewCluster(input);
    if (isErrors(wanted)) return { userErrors: wanted };
    const cluster = await this.clusters.create(wanted);
    if (cluster !== 'ALREADY_EXISTS') return { cluster };
    const message = `There is a cluster "${wanted.slug}" already`;
    return { userErrors: [{ code: 'ALREADY_EXISTS', message, field: ['input', 'slug'] }] };
  }
}

function isErrors(read: object): read is readonly UserError[] {
  return Array.isArray(read);
}

function toListQuery({ filter, orderBy }: ClustersArgs): Partial<ClusterListQuery> {
  const labels = readSelector(filter?.labels, 'filter.labels');
  return {
    ...(isGiven(filter?.search) ? { search: filter.search } : {}),
    ...(labels === null ? {} : { labels }),
    ...(isGiven(orderBy) ? { orderBy: orderBy.field, direction: orderBy.direction } : {}),
  };
}
