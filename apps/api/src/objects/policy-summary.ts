import {
  type Direction,
  formatSelector,
  type LabelSelector,
  type PolicyPeer,
  type PolicyRecord,
  type PolicyRule,
  rulesOf,
} from '@portolan/model';
import { ruleTraffic } from './rule-traffic.js';

/** Peers that a sentence names before it only counts. */
const NAMED_PEERS = 4;

/** A NetworkPolicy in plain words, one sentence for the pods and one for each direction. */
export function policySummary({ spec }: PolicyRecord, namespace: string): string {
  const subject = `Applies to ${podsText(spec.podSelector)} in ${namespace}.`;
  const sides = spec.policyTypes.map((direction) => {
    const rules = rulesOf(spec, direction);
    const name = direction === 'INGRESS' ? 'Ingress' : 'Egress';
    if (rules.length === 0) return `${name}: nothing is allowed.`;
    return `${name}: ${rules.map((rule) => ruleText(rule, direction, namespace)).join('; or ')}.`;
  });
  return [subject, ...sides].join(' ');
}

/** A peer in plain words: `pods with app=web in this namespace (shop)`, `10.0.0.0/8 except 10.1.0.0/16`. */
export function peerSummary(peer: PolicyPeer, namespace: string): string {
  if (peer.kind === 'ipBlock') {
    return peer.except.length === 0 ? peer.cidr : `${peer.cidr} except ${peer.except.join(', ')}`;
  }
  const pods = podsText(peer.podSelector);
  const { namespaceSelector } = peer;
  if (namespaceSelector === null) return `${pods} in this namespace (${namespace})`;
  if (namespaceSelector.length === 0) return `${pods} in every namespace`;
  return `${pods} in namespaces with ${formatSelector(namespaceSelector)}`;
}

function podsText(selector: LabelSelector): string {
  return selector.length === 0 ? 'all pods' : `pods with ${formatSelector(selector)}`;
}

function ruleText({ peers, ports }: PolicyRule, direction: Direction, namespace: string): string {
  const traffic = ports === null ? 'all traffic' : ruleTraffic(ports).text;
  const preposition = direction === 'INGRESS' ? 'from' : 'to';
  return `${traffic} ${preposition} ${peersText(peers, namespace)}`;
}

function peersText(peers: PolicyRule['peers'], namespace: string): string {
  if (peers === null) return 'anywhere, in and outside the cluster';
  const texts = peers.slice(0, NAMED_PEERS).map((peer) => peerSummary(peer, namespace));
  const more = peers.length - texts.length;
  return more === 0 ? texts.join(', ') : `${texts.join(', ')} and ${String(more)} more peers`;
}
