import type { OverlayRef } from '@portolan/client';
import type { CommandLine } from '../../../options/parse-command.js';
import { readStateRef, type StateRef } from '../../../server/state-ref.js';

/** Which states a server is to compare. */
export interface ServerStates {
  /** Slug of the cluster that the change is about. */
  readonly cluster: string;
  /** Input of the base; null = the overlay as it is, or else the latest state of the cluster. */
  readonly base: string | null;
  readonly head: string;
  readonly overlay: OverlayRef | null;
}

/**
 * Reads what is compared on a server. It compares a head that is sent with a base that is sent, or with a state of the
 * cluster that it has; whatever else could be meant is refused.
 * @throws UsageError
 */
export function readServerStates(line: CommandLine): ServerStates {
  const head = line.one('head') ?? '';
  if (head === '') throw line.wrong('--head is required');
  if (readStateRef(head) !== null)
    throw line.wrong(`--head ${head}: the state after is what is sent: a folder, a file, or -`);
  const overlay = readOverlay(line);
  const given = line.one('base');
  const ref = given === null ? null : readStateRef(given);
  if (ref !== null) checkBase(line, ref, overlay);
  return {
    cluster: readCluster(line, ref, overlay),
    base: ref === null ? given : null,
    head,
    overlay: overlay === null ? null : overlayRef(overlay),
  };
}

function readOverlay(line: CommandLine): StateRef | null {
  const given = line.one('overlay');
  if (given === null) return null;
  const ref = readStateRef(given);
  if (ref !== null) return ref;
  throw line.wrong(
    `--overlay ${given}: with --server it is cluster:SLUG or snapshot:ID; \`portolan snapshot push\` stores a state`,
  );
}

/** What the base can be instead of input follows from the overlay. */
function checkBase(line: CommandLine, base: StateRef, overlay: StateRef | null): void {
  const isOverlay = overlay !== null && nameOf(overlay) === nameOf(base);
  if (isOverlay || (overlay === null && base.kind === 'CLUSTER')) return;
  throw line.wrong(
    `--base ${nameOf(base)}: a state of the server is the base as the overlay (--overlay ${nameOf(base)}, and no --base), or as cluster:SLUG without an --overlay`,
  );
}

function readCluster(line: CommandLine, ...refs: readonly (StateRef | null)[]): string {
  const given = line.one('cluster');
  const slugs = refs.flatMap((ref) => (ref?.kind === 'CLUSTER' ? [ref.slug] : []));
  const cluster = given ?? slugs[0];
  if (cluster === undefined || cluster === '')
    throw line.wrong('--cluster is required with --server: which cluster is the change about?');
  const other = slugs.find((slug) => slug !== cluster);
  if (other !== undefined)
    throw line.wrong(`cluster:${other} is another cluster than --cluster ${cluster}`);
  return cluster;
}

function nameOf(ref: StateRef): string {
  return ref.kind === 'SNAPSHOT' ? `snapshot:${ref.id}` : `cluster:${ref.slug}`;
}

function overlayRef(ref: StateRef): OverlayRef {
  return ref.kind === 'SNAPSHOT' ? { snapshot: ref.id } : { latestOf: ref.slug };
}
