import { Inject, Injectable } from '@nestjs/common';
import type { Labels } from '@portolan/model';
import { Database } from '../database.js';
import { Prisma } from '../generated/client.js';
import { inOrder, isUuid } from '../identifiers.js';
import type { Page } from '../page.js';
import { StoreError } from '../store-error.js';
import { storedText, TEXT_LIMITS } from '../stored-text.js';
import { type ClusterListQuery, clusterOrder, clusterWhere } from './cluster-list-query.js';

/** A named line of snapshots. */
export interface ClusterRow {
  readonly id: string;
  /** Unique. */
  readonly slug: string;
  readonly name: string;
  readonly labels: Labels;
  readonly createdAt: Date;
}

/** What a cluster is created from. */
export type NewCluster = Pick<ClusterRow, 'slug' | 'name' | 'labels'>;

/** Clusters. */
@Injectable()
export class ClusterRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create({ slug, name, labels }: NewCluster): Promise<ClusterRow | 'ALREADY_EXISTS'> {
    const data = { slug, name: storedText(name, TEXT_LIMITS.name), labels: storedLabels(labels) };
    try {
      return toRow(await this.database.prisma.cluster.create({ data }));
    } catch (error) {
      // The slug is the only thing that can be in the way.
      if (error instanceof StoreError && error.code === 'CONFLICT') return 'ALREADY_EXISTS';
      throw error;
    }
  }

  async findBySlug(slug: string): Promise<ClusterRow | null> {
    if (slug.includes('\u0000')) return null;
    const record = await this.database.prisma.cluster.findUnique({ where: { slug } });
    return record === null ? null : toRow(record);
  }

  async findById(id: string): Promise<ClusterRow | null> {
    return (await this.findByIds([id]))[0] ?? null;
  }

  /** In the order of the ids; null where there is no such cluster. */
  async findByIds(ids: readonly string[]): Promise<(ClusterRow | null)[]> {
    const records = await this.database.prisma.cluster.findMany({
      where: { id: { in: ids.filter(isUuid) } },
    });
    return inOrder(ids, records.map(toRow));
  }

  async list(query: ClusterListQuery): Promise<Page<ClusterRow>> {
    const where = clusterWhere(query);
    const [records, [counted]] = await Promise.all([
      this.database.prisma.$queryRaw<ClusterRecord[]>(Prisma.sql`
        SELECT c.id, c.slug, c.name, c.labels, c.created_at AS "createdAt" FROM cluster c
        ${where} ${clusterOrder(query)} OFFSET ${query.offset} LIMIT ${query.limit}`),
      this.database.prisma.$queryRaw<{ total: number }[]>(
        Prisma.sql`SELECT count(*)::int AS total FROM cluster c ${where}`,
      ),
    ]);
    return { items: records.map(toRow), total: counted?.total ?? 0 };
  }
}

type ClusterRecord = Omit<ClusterRow, 'labels'> & { readonly labels: unknown };

function toRow({ id, slug, name, labels, createdAt }: ClusterRecord): ClusterRow {
  // A check of the table holds that this is an object; only `create` writes it.
  return { id, slug, name, labels: labels as Labels, createdAt };
}

function storedLabels(labels: Labels): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [
      storedText(key, TEXT_LIMITS.name),
      storedText(value, TEXT_LIMITS.name),
    ]),
  );
}
