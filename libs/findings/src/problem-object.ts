import type { FindingObject, Problem, RulePlace } from '@portolan/model';
import type { FindingContext } from './finding-context.js';

const POLICY_KINDS_AS_WRITTEN: ReadonlySet<string | null> = new Set([
  'networking.k8s.io/NetworkPolicy',
  'extensions/NetworkPolicy',
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
  'policy.networking.k8s.io/ClusterNetworkPolicy',
]);

/** Whether a problem is about a policy of a kind that is evaluated. */
export function isAboutPolicy({ kind }: Problem): boolean {
  return POLICY_KINDS_AS_WRITTEN.has(kind);
}

/** The document that a problem is about. */
export function inputObject({ kind, object, location }: Problem): FindingObject {
  return { kind: 'INPUT', kindName: kindName(kind), object, location };
}

/** All documents of the kind of a problem; the place is that of the first. */
export function inputOfKind({ kind, location }: Problem): FindingObject {
  return { kind: 'INPUT', kindName: kindName(kind), object: null, location };
}

function kindName(kind: string | null): string | null {
  return kind === null ? null : kind.slice(kind.indexOf('/') + 1);
}

/** The policy of the snapshot that a problem is about; the document where it is no part of it. */
export function policyObject(
  { policies, sources, view }: FindingContext,
  problem: Problem,
): FindingObject {
  const { object, location } = problem;
  if (object === null || !isAboutPolicy(problem)) return inputObject(problem);
  const slash = object.indexOf('/');
  const namespace = slash < 0 ? 'default' : object.slice(0, slash);
  const name = object.slice(slash + 1);
  const candidates =
    kindName(problem.kind) === 'NetworkPolicy'
      ? [view.findNetworkPolicy(namespace, name)]
      : Array.from(policies.clusterScoped(), ({ index }) => index).filter(
          (index) => view.policy(index).name === name,
        );
  const index = candidates.find((one) => {
    const declared = one < 0 ? null : sources.locate('POLICY', one);
    // Of several documents of one name the last is the policy.
    return (
      declared?.path === location.path &&
      declared.startLine <= location.startLine &&
      location.startLine <= declared.endLine
    );
  });
  return index === undefined ? inputObject(problem) : { kind: 'POLICY', index };
}

/** The rule and the peer that the field of a problem lies in; undefined when it lies in none. */
export function placeOfField({ field }: Problem): RulePlace | undefined {
  const match = /^spec\.(ingress|egress)\[(\d+)\](?:\.(?:from|to)\[(\d+)\])?/.exec(field ?? '');
  if (match === null) return undefined;
  const [, list, rule, peer] = match;
  return {
    direction: list === 'ingress' ? 'INGRESS' : 'EGRESS',
    rule: Number(rule),
    peer: peer === undefined ? null : Number(peer),
    port: null,
  };
}

/** The field of a problem without positions in lists, which change when something is put in front. */
export function fieldName({ field }: Problem): string {
  return (field ?? '').replaceAll(/\[\d+\]/g, '[]');
}

/** A sentence of a text: the first letter large, a full stop behind. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
