import { Inject, Injectable } from '@nestjs/common';
import type { Labels, ProfileSettings, WorkloadSelector } from '@portolan/model';
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
  /** What was set by hand of its profile. */
  readonly profile: ProfileSettings;
  readonly createdAt: Date;
}

/** What a cluster is created from. */
export type NewCluster = Pick<ClusterRow, 'slug' | 'name' | 'labels' | 'profile'>;

/** Settings of a profile to be made; null = to be unmade. Those that are not there stay as they are. */
export type ProfileChanges = {
  readonly [Setting in keyof ProfileSettings]: Required<ProfileSettings>[Setting] | null;
};

/** What is to be changed of a cluster. What is not there stays as it is. */
export interface ClusterChanges {
  readonly name?: string;
  readonly labels?: Labels;
  readonly profile?: ProfileChanges;
}

/** Clusters. */
@Injectable()
export class ClusterRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create({
    slug,
    name,
    labels,
    profile,
  }: NewCluster): Promise<ClusterRow | 'ALREADY_EXISTS'> {
    const data = {
      slug,
      name: storedText(name, TEXT_LIMITS.name),
      labels: storedLabels(labels),
      profile: storedProfile(profile),
    };
    try {
      return toRow(await this.database.prisma.cluster.create({ data }));
    } catch (error) {
      // The slug is the only thing that can be in the way.
      if (error instanceof StoreError && error.code === 'CONFLICT') return 'ALREADY_EXISTS';
      throw error;
    }
  }

  /** Changes what is given, in one statement: changes of different fields at the same time all hold. */
  async update(id: string, { name, labels, profile }: ClusterChanges): Promise<ClusterRow | null> {
    if (!isUuid(id)) return null;
    const given = {
      name: name === undefined ? null : storedText(name, TEXT_LIMITS.name),
      labels: labels === undefined ? null : JSON.stringify(storedLabels(labels)),
      profile: JSON.stringify(profile ?? {}),
    };
    const [record] = await this.database.prisma.$queryRaw<ClusterRecord[]>(Prisma.sql`
      UPDATE cluster c SET
        name = COALESCE(${given.name}, name),
        labels = COALESCE(${given.labels}::jsonb, labels),
        profile = jsonb_strip_nulls(profile || ${given.profile}::jsonb)
      WHERE id = ${id}::uuid RETURNING ${COLUMNS}`);
    return record === undefined ? null : toRow(record);
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

  /** What was set by hand of the profiles of clusters, in the order of the ids; empty where there is no such cluster. */
  async profilesOf(ids: readonly string[]): Promise<ProfileSettings[]> {
    const records = await this.database.prepared<ProfileRecord>(
      'profiles_of_clusters',
      'SELECT id, profile FROM cluster WHERE id = ANY($1::uuid[])',
      [ids.filter(isUuid)],
    );
    return inOrder(ids, records).map((record) =>
      record === null ? {} : toSettings(record.profile),
    );
  }

  async list(query: ClusterListQuery): Promise<Page<ClusterRow>> {
    const where = clusterWhere(query);
    const [records, [counted]] = await Promise.all([
      this.database.prisma.$queryRaw<ClusterRecord[]>(Prisma.sql`
        SELECT ${COLUMNS} FROM cluster c
        ${where} ${clusterOrder(query)} OFFSET ${query.offset} LIMIT ${query.limit}`),
      this.database.prisma.$queryRaw<{ total: number }[]>(
        Prisma.sql`SELECT count(*)::int AS total FROM cluster c ${where}`,
      ),
    ]);
    return { items: records.map(toRow), total: counted?.total ?? 0 };
  }
}

const COLUMNS = Prisma.sql`c.id, c.slug, c.name, c.labels, c.profile, c.created_at AS "createdAt"`;

type ClusterRecord = Omit<ClusterRow, 'labels' | 'profile'> & {
  readonly labels: unknown;
  readonly profile: unknown;
};

function toRow({ id, slug, name, labels, profile, createdAt }: ClusterRecord): ClusterRow {
  // Checks of the table hold that these are objects; only this file writes them.
  return {
    id,
    slug,
    name,
    labels: labels as Labels,
    profile: toSettings(profile as StoredSettings),
    createdAt,
  };
}

/** Settings as they are stored: without anything that is null. */
type StoredSettings = Omit<ProfileSettings, 'dnsPods' | 'ingressControllers'> & {
  readonly dnsPods?: Partial<WorkloadSelector>;
  readonly ingressControllers?: readonly Partial<WorkloadSelector>[];
};

interface ProfileRecord {
  readonly id: string;
  readonly profile: StoredSettings;
}

function toSettings({ dnsPods, ingressControllers, ...settings }: StoredSettings): ProfileSettings {
  return {
    ...settings,
    ...(dnsPods === undefined ? {} : { dnsPods: toSelector(dnsPods) }),
    ...(ingressControllers === undefined
      ? {}
      : { ingressControllers: ingressControllers.map(toSelector) }),
  };
}

function toSelector({
  namespaces = null,
  pods = null,
}: Partial<WorkloadSelector>): WorkloadSelector {
  return { namespaces, pods };
}

/** As `update` leaves it. */
function storedProfile(profile: ProfileSettings): Prisma.InputJsonObject {
  const isSet = (_key: string, value: unknown): unknown => (value === null ? undefined : value);
  return JSON.parse(JSON.stringify(profile, isSet)) as Prisma.InputJsonObject;
}

function storedLabels(labels: Labels): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [
      storedText(key, TEXT_LIMITS.name),
      storedText(value, TEXT_LIMITS.name),
    ]),
  );
}
