import {
  formatSelector,
  type LabelSelector,
  type PodSelection,
  type PolicyPeer,
  type RuleAction,
} from '@portolan/model';

/** Things of a kind that a sentence names before it only counts. */
const NAMED = 4;

/**
 * A peer in plain words: `pods with app=web in this namespace (shop)`, `10.0.0.0/8 except 10.1.0.0/16`. `namespace` is the
 * policy's; null = cluster-scoped.
 */
export function peerSummary(
  peer: PolicyPeer,
  action: RuleAction,
  namespace: string | null,
): string {
  switch (peer.kind) {
    case 'pods':
      return podsText(peer, `this namespace (${namespace ?? ''})`);
    case 'networks': {
      const networks = listText(peer.cidrs, 'networks');
      return peer.except.length === 0 ? networks : `${networks} except ${peer.except.join(', ')}`;
    }
    case 'nodes':
      return `the addresses of ${labelled('nodes', peer.selector)}`;
    case 'domainNames':
      return listText(peer.names, 'domain names');
    case 'unknown':
      return `${action === 'ALLOW' ? 'nobody' : 'everybody'} (a peer of a kind that is not known)`;
  }
}

/** `pods with app=web in namespaces with env=prod`; `own` names the namespace of a selection without a namespace selector. */
export function podsText({ namespaceSelector, podSelector }: PodSelection, own: string): string {
  const pods = labelled('pods', podSelector);
  if (namespaceSelector === null) return `${pods} in ${own}`;
  if (namespaceSelector.length === 0) return `${pods} in every namespace`;
  return `${pods} in namespaces with ${formatSelector(namespaceSelector)}`;
}

/** The first few, and how many there are beside them. */
export function listText(texts: readonly string[], kind: string): string {
  const named = texts.slice(0, NAMED).join(', ');
  const more = texts.length - NAMED;
  return more <= 0 ? named : `${named} and ${String(more)} more ${kind}`;
}

function labelled(things: string, selector: LabelSelector): string {
  return selector.length === 0 ? `all ${things}` : `${things} with ${formatSelector(selector)}`;
}
