import { profileOf } from '@portolan/engine';
import { type ClusterProfile, type Finding, SourceView } from '@portolan/model';
import { analyseFiles } from '../../../test/support/analyse.js';
import { findAll } from './find-all.js';
import type { FindingRule } from './finding-rule.js';
import { objectName } from './object-name.js';

/** What a spec compares: never the wording. */
export interface ShownFinding {
  readonly object: string;
  readonly path: string | null;
  readonly severity: string;
  readonly confidence: string;
  readonly occurrences: number;
  readonly message: string;
}

/** The circumstances of a snapshot that a rule is asked of. */
export interface Circumstances {
  readonly isComplete?: boolean;
  readonly profile?: Partial<ClusterProfile>;
  /** Manifests of the state before. */
  readonly base?: string;
  /** The day on which annotations are read. */
  readonly today?: string;
  readonly problemsOmitted?: number;
}

/** A finding as it is, and the name of its object. */
export interface NamedFinding {
  readonly name: string;
  readonly finding: Finding;
}

/** What one rule finds in manifests (YAML), as COMPLETE unless said otherwise. */
export async function findingsOf(
  rule: FindingRule,
  manifests: string,
  circumstances: Circumstances = {},
): Promise<ShownFinding[]> {
  const found = await namedFindings(rule, manifests, circumstances);
  return found.map(({ name, finding: { path, severity, confidence, occurrences, message } }) => ({
    object: name,
    path,
    severity,
    confidence,
    occurrences,
    message,
  }));
}

/** The same, with all that a finding has. */
export async function namedFindings(
  rule: FindingRule,
  manifests: string,
  { isComplete = true, profile = {}, base, ...more }: Circumstances = {},
): Promise<NamedFinding[]> {
  const { content, analysis } = await analyseFiles([{ path: 'cluster.yaml', text: manifests }]);
  const before =
    base === undefined
      ? null
      : (await analyseFiles([{ path: 'cluster.yaml', text: base }])).analysis;
  const found = findAll(
    {
      analysis,
      profile: { ...profileOf(analysis.view, isComplete).profile, ...profile },
      isComplete,
      problems: content.problems,
      skippedKinds: content.skippedKinds,
      base: before,
      sources: new SourceView(
        analysis.view,
        content.parts.map(({ namespace: part, sources }) => ({ namespace: part, ...sources })),
      ),
      ...more,
    },
    [rule],
  );
  return found.map((finding) => ({
    name: objectName(analysis.view, finding.object),
    finding,
  }));
}

/** A Deployment whose pods have the label `app` of its name, and more when given (`, tier: web`). */
export function deployment(namespace: string, name: string, labels = '', container = ''): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name}${labels} } }
    spec: { containers: [{ name: main${container} }] }
`;
}

/** A Namespace, with labels when given (`team: a`). */
export function namespace(name: string, labels = ''): string {
  return `---
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }
`;
}

/** A NetworkPolicy with the lines of its spec in flow style: `podSelector: {}, ingress: [{}]`. */
export function policy(namespace: string, name: string, spec: string): string {
  return `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec} }
`;
}
