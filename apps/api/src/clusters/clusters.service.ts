import { Inject, Injectable } from '@nestjs/common';
import { type ClusterListQuery, ClusterRepository, type ClusterRow } from '@portolan/store';
import DataLoader from 'dataloader';
import type { UserError } from '../errors/user-error.js';
import { readSelector } from '../selectors/read-selector.js';
import { type Connection, toConnection } from '../relay/connection.js';
import { readPage } from '../relay/page.js';
import { toClusterModel } from './cluster.mapper.js';
import type { ClusterModel } from './cluster.model.js';
import type { ClustersArgs } from './clusters.args.js';
import type { CreateClusterInput } from './create-cluster.input.js';
import { readNewCluster } from './new-cluster.js';
import { isGiven } from '../schema/is-given.js';

/** A cluster, or why there is none. */
export type CreatedCluster =
  { readonly cluster: ClusterRow } | { readonly userErrors: readonly UserError[] };

/** Clusters: finding, listing and registering them. */
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

  async create(
    input: Pick<CreateClusterInput, 'slug' | 'name' | 'labels'>,
  ): Promise<CreatedCluster> {
    const wanted = readNewCluster(input);
    if (!('slug' in wanted)) return { userErrors: wanted };
    const cluster = await this.clusters.create(wanted);
    if (cluster !== 'ALREADY_EXISTS') return { cluster };
    const message = `There is a cluster "${wanted.slug}" already`;
    return { userErrors: [{ code: 'ALREADY_EXISTS', message, field: ['input', 'slug'] }] };
  }
}

function toListQuery({ filter, orderBy }: ClustersArgs): Partial<ClusterListQuery> {
  const labels = readSelector(filter?.labels, 'filter.labels');
  return {
    ...(isGiven(filter?.search) ? { search: filter.search } : {}),
    ...(labels === null ? {} : { labels }),
    ...(isGiven(orderBy) ? { orderBy: orderBy.field, direction: orderBy.direction } : {}),
  };
}
