import type { LabelSelector, Requirement } from '@portolan/model';
import { Prisma } from '../generated/client.js';
import type { Slice } from '../page.js';
import { storedText, TEXT_LIMITS } from '../stored-text.js';

/** Which clusters, in which order. Clusters that are equal in the order asked for come by slug. */
export interface ClusterListQuery extends Slice {
  /** Text in slug or name, whatever the case. */
  readonly search?: string;
  /** Selector over the cluster's labels. */
  readonly labels?: LabelSelector;
  /** Default SLUG. Clusters without a snapshot are last in LATEST_SNAPSHOT_AT. */
  readonly orderBy?: 'SLUG' | 'CREATED_AT' | 'LATEST_SNAPSHOT_AT';
  /** Default ASC. */
  readonly direction?: 'ASC' | 'DESC';
}

/** The condition on table `cluster c`. */
export function clusterWhere({ search, labels = [] }: ClusterListQuery): Prisma.Sql {
  const conditions = labels.map(holds);
  if (search !== undefined && search !== '') {
    const text = safe(search);
    conditions.push(
      Prisma.sql`(strpos(lower(c.slug), lower(${text})) > 0 OR strpos(lower(c.name), lower(${text})) > 0)`,
    );
  }
  return conditions.length === 0
    ? Prisma.empty
    : Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}`;
}

/** The order of table `cluster c`. */
export function clusterOrder({
  orderBy = 'SLUG',
  direction = 'ASC',
}: ClusterListQuery): Prisma.Sql {
  const way = direction === 'ASC' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  switch (orderBy) {
    case 'SLUG':
      return Prisma.sql`ORDER BY c.slug COLLATE "C" ${way}`;
    case 'CREATED_AT':
      return Prisma.sql`ORDER BY c.created_at ${way}, c.slug COLLATE "C"`;
    case 'LATEST_SNAPSHOT_AT':
      return Prisma.sql`ORDER BY (SELECT max(s.taken_at) FROM snapshot s WHERE s.cluster_id = c.id) ${way} NULLS LAST,
        c.slug COLLATE "C"`;
  }
}

/** As `matchesSelector` of the model: NotIn holds when the key is absent. */
function holds({ key, operator, values }: Requirement): Prisma.Sql {
  const label = Prisma.sql`(c.labels ->> ${safe(key)})`;
  const wanted = values.map(safe);
  switch (operator) {
    case 'In':
      return Prisma.sql`${label} = ANY(${wanted}::text[])`;
    case 'NotIn':
      return Prisma.sql`(${label} IS NULL OR ${label} <> ALL(${wanted}::text[]))`;
    case 'Exists':
      return Prisma.sql`${label} IS NOT NULL`;
    case 'DoesNotExist':
      return Prisma.sql`${label} IS NULL`;
  }
}

function safe(text: string): string {
  return storedText(text, TEXT_LIMITS.name);
}
