import { ADMIN_GRAMMARS, type AdminGrammar, type AdminPolicyKind } from './admin-grammar.js';
import { type AdminRuleManifest, readAdminRules } from './admin-rule.js';
import { readChoice } from './choice.js';
import { type Findings, quoted } from './findings.js';
import { checkObjectFields } from './object-fields.js';
import type { ObjectMeta } from './object-meta.js';
import { readOneOf } from './one-of.js';
import { POD_SELECTIONS, type PodSelectionManifest } from './pod-selection.js';
import { checkGiven, type Fields, integerAt, mapAt } from './shape.js';
import { pruneUnknown } from './unknown-fields.js';

/** `spec` of a policy of `policy.networking.k8s.io` as written: null = missing. */
export interface AdminPolicyManifest {
  /** Null also for kinds that do not state it. */
  readonly tier: (typeof TIERS)[number] | null;
  /** Null also for kinds that have none. */
  readonly priority: number | null;
  readonly subject: PodSelectionManifest;
  readonly ingress: readonly AdminRuleManifest[];
  readonly egress: readonly AdminRuleManifest[];
}

const TIERS = ['Admin', 'Baseline'] as const;
const LAST_PRIORITY = 1000;
const NOT_READ: PodSelectionManifest = { kind: 'pods', namespaceSelector: null, podSelector: null };

/**
 * Reads an AdminNetworkPolicy, a BaselineAdminNetworkPolicy (v1alpha1) or a ClusterNetworkPolicy (v1alpha2) by the schema
 * and the rules of its custom resource definition. Fields that it does not have are noted and pruned.
 * @see https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export function readAdminPolicy(
  object: Fields,
  meta: ObjectMeta,
  kind: AdminPolicyKind,
  findings: Findings,
): AdminPolicyManifest {
  const grammar = ADMIN_GRAMMARS[kind];
  checkObjectFields(object, pruneUnknown, findings);
  checkMeta(meta, grammar, findings);
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  pruneUnknown(spec, grammar.specFields, ['spec'], findings);
  return {
    tier: grammar.specFields.includes('tier') ? readTier(spec, findings) : null,
    priority: grammar.specFields.includes('priority') ? readPriority(spec, findings) : null,
    subject: readSubject(spec, findings),
    ingress: readAdminRules(spec, 'ingress', grammar, findings),
    egress: readAdminRules(spec, 'egress', grammar, findings),
  };
}

function checkMeta(
  { name, namespace }: ObjectMeta,
  { onlyName }: AdminGrammar,
  findings: Findings,
): void {
  if (onlyName !== null && name !== '' && name !== onlyName) {
    findings.reject(['metadata', 'name'], `must be ${quoted(onlyName)}: a cluster has only one`);
  }
  if (namespace !== null) {
    const message = 'must not be set: policies of this kind belong to the cluster; it is ignored';
    findings.note(['metadata', 'namespace'], message, 'INVALID_OBJECT', 'WARNING');
  }
}

function readTier(spec: Fields, findings: Findings): AdminPolicyManifest['tier'] {
  const path = ['spec', 'tier'];
  checkGiven(spec.tier, path, findings);
  return readChoice(spec.tier, TIERS, path, findings);
}

function readPriority(spec: Fields, findings: Findings): number | null {
  const path = ['spec', 'priority'];
  checkGiven(spec.priority, path, findings);
  const priority = integerAt(spec.priority, path, findings);
  if (priority !== null && (priority < 0 || priority > LAST_PRIORITY)) {
    findings.reject(path, `must be from 0 to ${LAST_PRIORITY}, not ${priority}`);
  }
  return priority;
}

/** Of a subject in which nothing is known nothing would be left, and the API server takes no empty one. */
function readSubject(spec: Fields, findings: Findings): PodSelectionManifest {
  return readOneOf(spec.subject, POD_SELECTIONS, ['spec', 'subject'], findings, null) ?? NOT_READ;
}
