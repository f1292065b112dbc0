import {
  type LabelSelector,
  NAMESPACE_NAME_LABEL,
  type PolicyPeer,
  type PolicySpec,
} from '@portolan/model';

/** The peers of all rules of a policy. */
export function peersOf({ ingress, egress }: PolicySpec): PolicyPeer[] {
  return [...ingress, ...egress].flatMap(({ peers }) => peers ?? []);
}

/** Whether some peer's namespaceSelector looks at a label other than kubernetes.io/metadata.name. */
export function peersLookAtNamespaceLabels(spec: PolicySpec): boolean {
  return peersOf(spec).some(
    (peer) => peer.kind === 'pods' && looksBeyondName(peer.namespaceSelector),
  );
}

/** The same of its subject. */
export function subjectLooksAtNamespaceLabels({ subject }: PolicySpec): boolean {
  return looksBeyondName(subject.namespaceSelector);
}

function looksBeyondName(selector: LabelSelector | null): boolean {
  return selector?.some(({ key }) => key !== NAMESPACE_NAME_LABEL) ?? false;
}
