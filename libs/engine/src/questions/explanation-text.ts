import {
  type EndpointRef,
  formatTraffic,
  policyName,
  type PolicyTier,
  type ReachabilityAnswer,
  rulePath,
  type RuleRef,
  rulesOf,
  type SideExplanation,
  type SnapshotView,
  type Verdict,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { networkName } from './network-name.js';
import { compareAsked } from './reasons.js';

/** Where a rule is, for example `policies/web.yaml:12`; null when unknown. */
export type LocateRule = (rule: RuleRef) => string | null;

/** An answer in plain words (Markdown): the verdict, then what each side says. */
export function explanationText(
  analysis: Analysis,
  answer: ReachabilityAnswer,
  locate: LocateRule = () => null,
): string {
  const { explanation, verdict } = answer;
  const ends = `from ${displayName(answer.from)} to ${displayName(answer.to)}`;
  const sides = [
    sideText(analysis, `Egress of ${explanation.source}`, explanation.egress, locate),
    sideText(analysis, `Ingress of ${explanation.destination}`, explanation.ingress, locate),
  ];
  const about =
    explanation.pairs > 1
      ? [
          `Pairs of pods differ in ${explanation.pairs} ways. Shown here: ${explanation.source} → ${explanation.destination}.`,
        ]
      : [];
  const headline = `**${verdict}** ${ends}: ${trafficText(answer)}.`;
  return [headline, ...enforcementText(answer), ...about, ...sides.flat()].join('\n');
}

/** The sides tell what the policies say, and `verdict` what comes of it. */
function enforcementText({ isEnforced, verdictIfEnforced }: ReachabilityAnswer): string[] {
  if (isEnforced) return [];
  return [
    `Nothing in this cluster enforces policies. If they were enforced: **${verdictIfEnforced}**.`,
  ];
}

/** In plain words, why an answer refuses: what the sides say that do not let everything pass. */
export function refusalText(analysis: Analysis, { explanation }: ReachabilityAnswer): string {
  const { egress, ingress, source, destination } = explanation;
  const sides = [
    { title: `Egress of ${source}`, side: egress },
    { title: `Ingress of ${destination}`, side: ingress },
  ];
  return sides
    .filter(({ side }) => side.verdict !== 'ALLOWED')
    .flatMap(({ title, side }) => sideText(analysis, title, side, () => null))
    .map((line) => line.trim().replace(/^- /, ''))
    .join(' ');
}

/** For people: `shop/web (Deployment)`, `10.0.0.0/8`, `every address`. */
export function displayName(ref: EndpointRef): string {
  switch (ref.kind) {
    case 'workload':
      return `${ref.namespace}/${ref.name} (${ref.kindName})`;
    case 'pod':
      return `${ref.namespace}/${ref.name}`;
    case 'service':
      return `${ref.namespace}/${ref.name} (Service)`;
    case 'namespace':
      return `namespace ${ref.name}`;
    case 'selection':
    case 'hypothetical':
      return ref.text;
    case 'external':
      return networkName(ref.cidrs, ref.includesInternet);
  }
}

function trafficText(answer: ReachabilityAnswer): string {
  const { verdict, allowed, denied } = answer;
  switch (verdict) {
    case 'ALLOWED':
      // Other protocols have no ports that could be listed.
      return allowed.length === 0 ? 'it may pass' : `${formatTraffic(allowed)} may pass`;
    case 'DENIED':
      return `${formatTraffic(denied)} may not pass`;
    case 'PARTIAL':
      return `${formatTraffic(allowed)} may pass, ${formatTraffic(denied)} may not (each for at least one pair of pods)`;
    case 'UNKNOWN':
      return unknownText(answer);
  }
}

function unknownText({ allowed, denied, unknown }: ReachabilityAnswer): string {
  if (unknown.length === 0) return 'nothing asked about can be decided';
  const certain = [
    ...(allowed.length === 0 ? [] : [`${formatTraffic(allowed)} may pass`]),
    ...(denied.length === 0 ? [] : [`${formatTraffic(denied)} may not pass`]),
  ];
  return [...certain, `whether ${formatTraffic(unknown)} may pass is not known`].join(', ');
}

function sideText(
  analysis: Analysis,
  title: string,
  side: SideExplanation,
  locate: LocateRule,
): string[] {
  const { view } = analysis;
  const { allowedBy, deniedBy, passedBy, maybeAllowedBy } = side;
  if (side.reason === 'NOT_GOVERNED')
    return [
      `- ${title}: no policy governs this end (outside the cluster, hostNetwork, or another protocol).`,
    ];
  if (side.reason === 'NODE_LOCAL')
    return [`- ${title}: a pod and its own node, and a pod and itself, always reach each other.`];
  const isTiered = [...allowedBy, ...deniedBy, ...passedBy, ...maybeAllowedBy].some(
    (rule) => tierOf(view, rule) !== 'NETWORK_POLICY',
  );
  const missing = side.nearMisses.map(
    (miss) => `  - near miss: ${miss.detail}${place(locate(miss))}`,
  );
  if (isTiered) return [`- ${title}: ${trail(analysis, side, locate)}`, ...missing];
  if (side.reason === 'NOT_ISOLATED')
    return [`- ${title}: no policy isolates it, everything may pass.`];
  const isolating = `isolated by ${side.isolatedBy.map((policy) => nameOf(view, policy)).join(', ')}`;
  const admitting = allowedBy.map(
    (rule) => `  - ${ruleName(view, rule, locate)} admits ${formatTraffic(rule.traffic)}`,
  );
  const lines = [...admitting, ...missing];
  const outcome = allowedBy.length === 0 ? 'no rule admits it' : 'admitted by';
  return [`- ${title}: ${isolating}; ${outcome}${lines.length === 0 ? '.' : ':'}`, ...lines];
}

/** Tier by tier: `[Admin] monitoring, rule 2: Pass → [NetworkPolicy] shop/web: no rule admits it → denied`. */
function trail({ view, index }: Analysis, side: SideExplanation, locate: LocateRule): string {
  const decisions = DECISIONS.flatMap(([list, word]) =>
    side[list].map((rule) => ({ rule, word, policy: view.policy(rule.policy) })),
  ).sort((a, b) => compareAsked(a.policy, b.policy, index.switches) || a.rule.rule - b.rule.rule);
  const steps = (tier: PolicyTier): string[] =>
    decisions
      .filter(({ policy }) => policy.spec.tier === tier)
      .map(
        ({ rule, word }) =>
          `${stepName(view, rule, locate)}: ${word} ${formatTraffic(rule.traffic)}`,
      );
  const networkPolicies = steps('NETWORK_POLICY');
  if (side.refusedByIsolation)
    networkPolicies.push(
      `[${TIER_NAMES.NETWORK_POLICY}] ${side.isolatedBy.map((policy) => shortName(view, policy)).join(', ')}: no rule admits it`,
    );
  return [...steps('ADMIN'), ...networkPolicies, ...steps('BASELINE'), OUTCOMES[side.verdict]].join(
    ' → ',
  );
}

const DECISIONS = [
  ['passedBy', 'Pass'],
  ['deniedBy', 'Deny'],
  ['allowedBy', 'Allow'],
  ['maybeAllowedBy', 'Allow to addresses that are not known'],
] as const;

const TIER_NAMES: Readonly<Record<PolicyTier, string>> = {
  ADMIN: 'Admin',
  NETWORK_POLICY: 'NetworkPolicy',
  BASELINE: 'Baseline',
};

const OUTCOMES: Readonly<Record<Verdict, string>> = {
  ALLOWED: 'allowed',
  DENIED: 'denied',
  PARTIAL: 'allowed in part',
  UNKNOWN: 'not known',
};

function tierOf(view: SnapshotView, { policy }: RuleRef): PolicyTier {
  return view.policy(policy).spec.tier;
}

function stepName(view: SnapshotView, rule: RuleRef, locate: LocateRule): string {
  const { spec } = view.policy(rule.policy);
  const { name } = rulesOf(spec, rule.direction)[rule.rule]!;
  const number = `rule ${rule.rule + 1}${name === null ? '' : ` "${name}"`}`;
  return `[${TIER_NAMES[spec.tier]}] ${shortName(view, rule.policy)}, ${number}${place(locate(rule))}`;
}

/** `shop/web`, or the name alone of a cluster-scoped policy. */
function shortName(view: SnapshotView, index: number): string {
  const { namespace, name } = view.policy(index);
  return namespace < 0 ? name : `${view.namespaceName(namespace)}/${name}`;
}

function nameOf(view: SnapshotView, index: number): string {
  const policy = view.policy(index);
  return policyName(policy.namespace < 0 ? null : view.namespaceName(policy.namespace), policy);
}

function ruleName(view: SnapshotView, rule: RuleRef, locate: LocateRule): string {
  return `${nameOf(view, rule.policy)} ${rulePath(rule.direction, rule.rule, rule.peer)}${place(locate(rule))}`;
}

function place(location: string | null): string {
  return location === null ? '' : ` (${location})`;
}
