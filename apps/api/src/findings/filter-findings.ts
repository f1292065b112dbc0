import { type Finding, type FindingObject, isAtLeast, type SnapshotView } from '@portolan/model';
import { narrowFinding } from '@portolan/review';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { isGiven } from '../schema/is-given.js';
import type { FieldsOf } from '../schema/new-model.js';
import type { FindingFilterInput } from './findings.args.js';
import { isRule, ruleOf } from './lint-rule.model.js';

/** Which findings are wanted, as it was read. */
export interface FindingFilter {
  readonly isWanted: (finding: Finding) => boolean;
  /** Null = all, and what is in none. */
  readonly namespaces: ReadonlySet<string> | null;
}

/**
 * Reads a filter; left out = all that nothing silences.
 * @throws BadQuestionError INVALID that names a rule that there is not.
 */
export function readFindingFilter(
  filter: FieldsOf<FindingFilterInput> | null | undefined,
): FindingFilter {
  const rules = isGiven(filter?.rules) ? new Set(filter.rules) : null;
  const categories = isGiven(filter?.categories) ? new Set(filter.categories) : null;
  const { minSeverity = 'INFO', includeSuppressed = false } = filter ?? {};
  for (const rule of rules ?? []) if (!isRule(rule)) throw noSuchRule(rule);
  return {
    isWanted: ({ rule, severity, suppressed }) =>
      (includeSuppressed || suppressed === null) &&
      isAtLeast(severity, minSeverity) &&
      (rules === null || rules.has(rule)) &&
      (categories === null || categories.has(ruleOf(rule).category)),
    namespaces: isGiven(filter?.namespaces) ? new Set(filter.namespaces) : null,
  };
}

/** The findings that a filter admits, in their order; of objects in its namespaces only. */
export function filterFindings(
  view: SnapshotView,
  findings: readonly Finding[],
  { isWanted, namespaces }: FindingFilter,
): Finding[] {
  const wanted = findings.filter(isWanted);
  if (namespaces === null) return wanted;
  return wanted.flatMap((finding) => withinNamespaces(view, finding, namespaces) ?? []);
}

/** Characters of what a caller wrote that an error repeats. */
const SHOWN = 40;

function noSuchRule(rule: string): BadQuestionError {
  const message = `There is no rule ${JSON.stringify(rule.slice(0, SHOWN))}: \`lintRules\` lists them`;
  return new BadQuestionError({ code: 'INVALID', argument: 'filter.rules', message });
}

function withinNamespaces(
  view: SnapshotView,
  finding: Finding,
  namespaces: ReadonlySet<string>,
): Finding | null {
  const isWithin = (object: FindingObject): boolean => {
    const name = namespaceOf(view, object);
    return name !== null && namespaces.has(name);
  };
  const { object, objects } = finding;
  if (object.kind === 'INPUT') return isWithin(object) ? finding : null;
  const { kind } = object;
  return narrowFinding(
    finding,
    objects.filter((index) => isWithin({ kind, index })),
  );
}

/** The namespace that an object is in, or is; null when it is in none, and when a document does not say it. */
function namespaceOf(view: SnapshotView, object: FindingObject): string | null {
  switch (object.kind) {
    case 'INPUT': {
      const slash = object.object?.indexOf('/') ?? -1;
      return slash < 0 ? null : (object.object?.slice(0, slash) ?? null);
    }
    case 'NAMESPACE':
      return view.namespaceName(object.index);
    case 'WORKLOAD':
      return view.namespaceName(view.namespaceOfWorkload(object.index));
    case 'POD':
      return view.namespaceName(view.namespaceOfPod(object.index));
    case 'POLICY': {
      const namespace = view.namespaceOfPolicy(object.index);
      return namespace < 0 ? null : view.namespaceName(namespace);
    }
    case 'SERVICE':
      return view.namespaceName(view.services.namespaceOf(object.index));
    case 'ROUTE':
      return view.namespaceName(view.routes.namespaceOf(object.index));
    case 'GATEWAY':
      return view.namespaceName(view.gateways.namespaceOf(object.index));
    case 'NODE':
      return null;
  }
}
