import {
  type LabelSelector,
  NAMESPACE_NAME_LABEL,
  type PolicyPeer,
  type PolicyRecord,
} from '@portolan/model';

/** The peers of all rules of a policy. */
export function peersOf({ spec }: Pick<PolicyRecord, 'spec'>): PolicyPeer[] {
  return [...spec.ingress, ...spec.egress].flatMap(({ peers }) => peers ?? []);
}

/** Whether some peer's namespaceSelector looks at a label other than kubernetes.io/metadata.name. */
export function peersLookAtNamespaceLabels(policy: PolicyRecord): boolean {
  return peersOf(policy).some(
    (peer) => peer.kind === 'pods' && looksBeyondName(peer.namespaceSelector),
  );
}

/** The same of its subject. */
export function subjectLooksAtNamespaceLabels({ spec }: PolicyRecord): boolean {
  return looksBeyondName(spec.subject.namespaceSelector);
}

function looksBeyondName(selector: LabelSelector | null): boolean {
  return selector?.some(({ key }) => key !== NAMESPACE_NAME_LABEL) ?? false;
}
