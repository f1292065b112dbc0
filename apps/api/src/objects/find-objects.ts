import { policyKindName, type SnapshotView } from '@portolan/model';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { isGiven } from '../schema/is-given.js';
import type { PolicyArgs, WorkloadArgs } from './objects.args.js';

/** Snapshot-wide index of a namespace; null when there is none. */
export function findNamespace(view: SnapshotView, name: string): number | null {
  return found(view.findNamespace(name));
}

/**
 * Snapshot-wide index of a workload; null when there is none.
 * @throws BadQuestionError INVALID when several kinds have the name and none is said.
 */
export function findWorkload(
  view: SnapshotView,
  { namespace, name, kind }: WorkloadArgs,
): number | null {
  const named = view.findWorkloads(namespace, name).map((index) => view.workload(index));
  const wanted = kind ?? null;
  const matching = wanted === null ? named : named.filter((workload) => workload.kind === wanted);
  if (matching.length <= 1) return matching[0]?.index ?? null;
  const kinds = matching.map((workload) => workload.kind).join(', ');
  throw new BadQuestionError({
    code: 'INVALID',
    argument: 'kind',
    message: `${namespace}/${name} is ambiguous: say which \`kind\` of ${kinds}.`,
  });
}

/**
 * Snapshot-wide index of a policy; null when there is none.
 * @throws BadQuestionError INVALID for a NetworkPolicy without a namespace, and for a cluster-scoped policy with one.
 */
export function findPolicy(
  view: SnapshotView,
  { kind, namespace, name }: PolicyArgs,
): number | null {
  if (kind === 'NETWORK_POLICY') {
    if (isGiven(namespace)) return found(view.findNetworkPolicy(namespace, name));
    throw badNamespace('A NetworkPolicy is found by `namespace` and `name`.');
  }
  if (!isGiven(namespace)) return found(view.findClusterPolicy(kind, name));
  throw badNamespace(`A ${policyKindName(kind)} is in no namespace: it is found by \`name\`.`);
}

function badNamespace(message: string): BadQuestionError {
  return new BadQuestionError({ code: 'INVALID', argument: 'namespace', message });
}

function found(index: number): number | null {
  return index < 0 ? null : index;
}
