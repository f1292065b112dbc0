import {
  type EndpointRef,
  formatTraffic,
  type ReachabilityAnswer,
  rulePath,
  type RuleRef,
  type SideExplanation,
  type SnapshotView,
} from '@portolan/model';
import { networkName } from './network-name.js';

/** Where a rule is, for example `policies/web.yaml:12`; null when unknown. */
export type LocateRule = (rule: RuleRef) => string | null;

/** An answer in plain words (Markdown): the verdict, then what each side says. */
export function explanationText(
  view: SnapshotView,
  answer: ReachabilityAnswer,
  locate: LocateRule = () => null,
): string {
  const { explanation, verdict } = answer;
  const ends = `from ${displayName(answer.from)} to ${displayName(answer.to)}`;
  const sides = [
    sideText(view, `Egress of ${explanation.source}`, explanation.egress, locate),
    sideText(view, `Ingress of ${explanation.destination}`, explanation.ingress, locate),
  ];
  const about =
    explanation.pairs > 1
      ? [
          `Of ${String(explanation.pairs)} kinds of pairs, ${explanation.source} → ${explanation.destination}:`,
        ]
      : [];
  return [`**${verdict}** ${ends}: ${trafficText(answer)}.`, ...about, ...sides.flat()].join('\n');
}

/** For people: `shop/web (Deployment)`, `10.0.0.0/8`, `every address`. */
export function displayName(ref: EndpointRef): string {
  switch (ref.kind) {
    case 'workload':
      return `${ref.namespace}/${ref.name} (${ref.kindName})`;
    case 'pod':
      return `${ref.namespace}/${ref.name}`;
    case 'namespace':
      return `namespace ${ref.name}`;
    case 'selection':
      return ref.text;
    case 'external':
      return networkName(ref.cidrs, ref.includesInternet);
  }
}

function trafficText({ verdict, allowed, denied }: ReachabilityAnswer): string {
  switch (verdict) {
    case 'ALLOWED':
      return `${formatTraffic(allowed)} may pass`;
    case 'DENIED':
      return `${formatTraffic(denied)} may not pass`;
    case 'PARTIAL':
      return `${formatTraffic(allowed)} may pass, ${formatTraffic(denied)} may not (each for at least one pair of pods)`;
    case 'UNKNOWN':
      return 'nothing asked about can be decided';
  }
}

function sideText(
  view: SnapshotView,
  title: string,
  side: SideExplanation,
  locate: LocateRule,
): string[] {
  switch (side.reason) {
    case 'NOT_GOVERNED':
      return [`- ${title}: no policy governs this end (outside the cluster, or hostNetwork).`];
    case 'NOT_ISOLATED':
      return [`- ${title}: no policy isolates it, everything may pass.`];
    case 'NODE_LOCAL':
      return [`- ${title}: a pod and its own node, and a pod and itself, always reach each other.`];
    case 'ALLOWED_BY_POLICY':
    case 'DENIED_BY_ISOLATION': {
      const isolating = `isolated by ${side.isolatedBy.map((policy) => policyName(view, policy)).join(', ')}`;
      const admitting = side.allowedBy.map(
        (rule) => `  - ${ruleName(view, rule, locate)} admits ${formatTraffic(rule.traffic)}`,
      );
      const missing = side.nearMisses.map(
        (miss) => `  - near miss: ${miss.detail}${place(locate(miss))}`,
      );
      return [
        `- ${title}: ${isolating}; ${side.allowedBy.length === 0 ? 'no rule admits it' : 'admitted by'}:`,
        ...admitting,
        ...missing,
      ].map((line, i, lines) => (i === 0 && lines.length === 1 ? line.replace(/:$/, '.') : line));
    }
  }
}

function policyName(view: SnapshotView, index: number): string {
  const policy = view.policy(index);
  return `NetworkPolicy ${view.namespaceName(policy.namespace)}/${policy.name}`;
}

function ruleName(view: SnapshotView, rule: RuleRef, locate: LocateRule): string {
  return `${policyName(view, rule.policy)} ${rulePath(rule.direction, rule.rule, rule.peer)}${place(locate(rule))}`;
}

function place(location: string | null): string {
  return location === null ? '' : ` (${location})`;
}
