import {
  countProblems,
  type Problem,
  type SkippedKind,
  type SnapshotContent,
  type SnapshotPart,
} from '@portolan/model';
import type { PoolClient } from 'pg';
import { storedText, TEXT_LIMITS } from '../stored-text.js';
import { storableProblem } from './problem-row.js';
import { provenanceColumns, type SnapshotAbout } from './snapshot-row.js';

/** Writes all rows of a snapshot whose blocks are stored: one statement for each table. Returns the snapshot's id. */
export async function insertSnapshot(
  client: PoolClient,
  clusterId: string,
  content: SnapshotContent,
  about: SnapshotAbout & { readonly takenAt: Date },
): Promise<string> {
  const id = await insertDescription(client, clusterId, content, about);
  await insertParts(client, id, content.parts);
  await insertProblems(client, id, content.problems.map(storableProblem));
  await insertSkippedKinds(client, id, content.skippedKinds);
  return id;
}

async function insertDescription(
  client: PoolClient,
  clusterId: string,
  { digest, sourceDigest, parts, problems, problemsOmitted, stats }: SnapshotContent,
  about: SnapshotAbout & { readonly takenAt: Date },
): Promise<string> {
  const provenance = provenanceColumns(about);
  const columns = {
    cluster_id: clusterId,
    digest,
    source_digest: sourceDigest,
    completeness: about.completeness,
    taken_at: about.takenAt.toISOString(),
    source_kind: provenance.sourceKind,
    actor: provenance.actor,
    renderer: provenance.renderer,
    git_repository: provenance.gitRepository,
    git_commit: provenance.gitCommit,
    git_ref: provenance.gitRef,
    git_pull_request: provenance.gitPullRequest,
    git_url: provenance.gitUrl,
    objects: stats.objects,
    namespaces: stats.namespaces,
    workloads: stats.workloads,
    pods: stats.pods,
    policies: stats.policies,
    distinct_policy_specs: stats.distinctPolicySpecs,
    skipped: stats.skipped,
    bytes: stats.bytes,
    part_count: parts.length,
    problem_counts: JSON.stringify(countProblems(problems)),
    problems_omitted: problemsOmitted,
  };
  const names = Object.keys(columns);
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO snapshot (${names.join(', ')}, created_at)
     VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')}, clock_timestamp()) RETURNING id`,
    Object.values(columns),
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('INSERT … RETURNING gave no row');
  return id;
}

async function insertParts(
  client: PoolClient,
  id: string,
  parts: readonly SnapshotPart[],
): Promise<void> {
  await client.query(
    `INSERT INTO snapshot_part (snapshot_id, ordinal, namespace, segment_hash, sources_hash)
     SELECT $1, ordinal - 1, namespace, decode(segment, 'hex'), decode(sources, 'hex')
     FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS part(namespace, segment, sources, ordinal)`,
    [
      id,
      parts.map(({ namespace }) => namespace),
      parts.map(({ segment }) => segment.hash),
      parts.map(({ sources }) => sources.hash),
    ],
  );
}

async function insertProblems(
  client: PoolClient,
  id: string,
  problems: readonly Problem[],
): Promise<void> {
  if (problems.length === 0) return;
  await client.query(
    `INSERT INTO problem (snapshot_id, ordinal, code, severity, outcome, path, document_index, start_line, end_line,
       kind, object, field, message)
     SELECT $1, ordinal - 1, code, severity, outcome, path, document_index, start_line, end_line,
       kind, object, field, message
     FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[], $8::int[],
       $9::text[], $10::text[], $11::text[], $12::text[]) WITH ORDINALITY
       AS row(code, severity, outcome, path, document_index, start_line, end_line, kind, object, field, message, ordinal)`,
    [
      id,
      problems.map(({ code }) => code),
      problems.map(({ severity }) => severity),
      problems.map(({ outcome }) => outcome),
      problems.map(({ location }) => location.path),
      problems.map(({ location }) => location.documentIndex),
      problems.map(({ location }) => location.startLine),
      problems.map(({ location }) => location.endLine),
      problems.map(({ kind }) => kind),
      problems.map(({ object }) => object),
      problems.map(({ field }) => field),
      problems.map(({ message }) => message),
    ],
  );
}

async function insertSkippedKinds(
  client: PoolClient,
  id: string,
  kinds: readonly SkippedKind[],
): Promise<void> {
  if (kinds.length === 0) return;
  await client.query(
    `INSERT INTO skipped_kind (snapshot_id, ordinal, api_group, kind, count)
     SELECT $1, ordinal - 1, api_group, kind, count
     FROM unnest($2::text[], $3::text[], $4::int[]) WITH ORDINALITY AS row(api_group, kind, count, ordinal)`,
    [
      id,
      kinds.map(({ group }) => storedText(group, TEXT_LIMITS.kind)),
      kinds.map(({ kind }) => storedText(kind, TEXT_LIMITS.kind)),
      kinds.map(({ count }) => count),
    ],
  );
}
