import type { Caveat, ClusterProfile, Detection, ProblemCounts } from '@portolan/model';

/** What is known of how well a snapshot was read. */
export interface SnapshotReading {
  /** Whether it is all of its cluster. */
  readonly completeness: 'PARTIAL' | 'COMPLETE' | 'OVERLAY';
  readonly problemCounts: ProblemCounts;
  readonly problemsOmitted: number;
}

/** What every answer about a snapshot rests on, whatever was asked. `list` names where the reader finds all problems. */
export function snapshotCaveats(
  { completeness, problemCounts, problemsOmitted }: SnapshotReading,
  profile: EnforcementFacts,
  list = '`inputReport`',
): readonly Caveat[] {
  const count = (...keys: (keyof ProblemCounts)[]): number =>
    keys.reduce((sum, key) => sum + (problemCounts[key] ?? 0), 0);
  const unsupported = count('UNSUPPORTED_POLICY_KIND');
  const fields = count('UNSUPPORTED_FIELD');
  const templates = count('SKIPPED_TEMPLATE');
  const unlisted = count('NOT_LISTED');
  const invalid = count('INVALID_SYNTAX', 'INVALID_OBJECT', 'TOO_LARGE');
  const more = problemsOmitted > 0 ? ` (and ${problemsOmitted} problems were not kept)` : '';
  const caveats: Caveat[] = [];
  if (completeness !== 'COMPLETE') {
    const part =
      unlisted > 0
        ? `The snapshot is a part of its cluster, because ${counted(unlisted, 'kind', 'kinds')} could not be listed (${list} says which)`
        : 'The snapshot is a part of its cluster';
    caveats.push({
      code: 'SNAPSHOT_PARTIAL',
      message: `${part}: objects that are not in it may allow or deny more.`,
    });
  }
  if (unsupported > 0) {
    caveats.push({
      code: 'UNSUPPORTED_POLICY_KIND',
      message: `${counted(unsupported, 'policy is', 'policies are')} of a kind that is not evaluated${more}: they may allow or deny more.`,
    });
  }
  if (fields > 0) {
    caveats.push({
      code: 'UNSUPPORTED_POLICY_FIELD',
      message: `${counted(fields, 'field of a policy is', 'fields of policies are')} not known and left out${more}: ${list} says what became of each.`,
    });
  }
  if (templates > 0) {
    caveats.push({
      code: 'TEMPLATE_SKIPPED',
      message: `${counted(templates, 'document is', 'documents are')} not rendered templates and left out${more}: render them first, for example with \`helm template\`.`,
    });
  }
  if (invalid > 0) {
    caveats.push({
      code: 'INVALID_OBJECT_SKIPPED',
      message: `${counted(invalid, 'document is', 'documents are')} not valid and left out${more}: ${list} says which and why.`,
    });
  }
  return [...caveats, ...enforcementCaveats(profile)];
}

/** What is known of the enforcement of policies. */
export interface EnforcementFacts {
  readonly profile: Pick<ClusterProfile, 'isEnforced'>;
  readonly detections: readonly Detection[];
}

function enforcementCaveats({ profile, detections }: EnforcementFacts): readonly Caveat[] {
  switch (profile.isEnforced) {
    case true:
      return [];
    case false:
      return [NOT_ENFORCED];
    case null: {
      const suspected = detections.find(({ setting }) => setting === 'enforcement');
      const hint = suspected === undefined ? '' : ` ${hintOf(suspected)}`;
      return [{ code: 'ENFORCEMENT_UNKNOWN', message: `${UNKNOWN}${hint}` }];
    }
  }
}

const NOT_ENFORCED: Caveat = {
  code: 'POLICIES_NOT_ENFORCED',
  message:
    'Nothing in this cluster enforces policies: everything may pass. What policies say is told where a question assumes that they are enforced, in explanations, and in diffs.',
};

const UNKNOWN =
  'Manifests do not say whether the network plugin of the cluster enforces policies; answers hold when it does.';

function hintOf({ object, reason }: Detection): string {
  return `There is ${object === null ? 'a sign' : `a sign, ${object}`}: ${reason}.`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
