import type { PolicyKind, PolicyNote, PolicySpec } from '@portolan/model';
import type { Locator } from '../documents/read-result.js';
import { ADMIN_GRAMMARS } from '../validate/admin-grammar.js';
import { readAdminPolicy } from '../validate/admin-policy.js';
import type { Findings } from '../validate/findings.js';
import { readNetworkPolicy } from '../validate/network-policy.js';
import type { ObjectMeta } from '../validate/object-meta.js';
import type { Fields } from '../validate/shape.js';
import { adminPolicySpec, networkPolicySpec } from './apply-defaults.js';
import { policyNotes } from './policy-notes.js';

/** What a policy says, and the lines that say it. */
export interface PolicyContent {
  readonly spec: PolicySpec;
  /** Of rules, peers, ports and the subject in the order of SOURCE_COLUMNS.policyLines. */
  readonly lines: (locate: Locator) => number[];
  /** What defaulting takes away; of NetworkPolicies alone. */
  readonly notes: readonly PolicyNote[];
}

/** Reads a policy of any kind. */
export function readPolicyContent(
  kind: PolicyKind,
  object: Fields,
  meta: ObjectMeta,
  findings: Findings,
): PolicyContent {
  if (kind === 'NETWORK_POLICY') {
    const manifest = readNetworkPolicy(object, findings);
    return {
      spec: networkPolicySpec(manifest),
      lines: (locate) => policyLines(manifest, ['podSelector', 'ports'], locate),
      notes: policyNotes(object, manifest),
    };
  }
  const manifest = readAdminPolicy(object, meta, kind, findings);
  return {
    spec: adminPolicySpec(kind, manifest),
    lines: (locate) => policyLines(manifest, ['subject', ADMIN_GRAMMARS[kind].portsField], locate),
    notes: [],
  };
}

/** A rule as far as its lines go. Parts that are not stored (null) have none. */
interface PlacedRule {
  readonly peers: readonly object[];
  readonly ports: readonly (object | null)[] | null;
}

interface PlacedRules {
  readonly ingress: readonly PlacedRule[];
  readonly egress: readonly PlacedRule[];
}

function policyLines(
  { ingress, egress }: PlacedRules,
  [subjectField, portsField]: readonly [subject: string, ports: string],
  locate: Locator,
): number[] {
  return [
    ...ruleLines(ingress, 'ingress', ['from', portsField], locate),
    ...ruleLines(egress, 'egress', ['to', portsField], locate),
    locate(['spec', subjectField]),
  ];
}

function ruleLines(
  rules: readonly PlacedRule[],
  list: string,
  [peersField, portsField]: readonly [string, string],
  locate: Locator,
): number[] {
  return rules.flatMap(({ peers, ports }, i) => {
    const rule = ['spec', list, i];
    return [
      locate(rule),
      ...peers.map((_, j) => locate([...rule, peersField, j])),
      ...(ports ?? []).flatMap((port, j) =>
        port === null ? [] : [locate([...rule, portsField, j])],
      ),
    ];
  });
}
