import { type Finding, isAtLeast, type ObjectFix, SEVERITIES } from '@portolan/model';
import { ExceptionBook } from '../exceptions/exception-ledger.js';
import type { CheckInput } from './check-snapshot.js';
import { checkedState } from './checked-state.js';
import { findFixesInState } from './find-in-state.js';
import { FindingRows } from './finding-rows.js';
import { judgeBy } from './judge-by.js';

/**
 * The mechanical mends of what a check lists as open, the gravest first: what is silenced, accepted or known is left as it is.
 * `rules` = those that are wanted.
 */
export function openFixes(input: CheckInput, rules: ReadonlySet<string>): ObjectFix[] {
  const { isComplete, settings, minSeverity, today } = input;
  const state = checkedState(input.state);
  const {
    sources,
    analysis: { view },
  } = state;
  const terms = { isComplete, settings, today, profile: null, labelling: input.profile };
  const rows = new FindingRows(view, sources);
  const judge = judgeBy(
    new ExceptionBook({ base: input.exceptions, head: [] }, today),
    input.baseline,
  );
  const open = findFixesInState(state, { ...terms, base: null }, rules).flatMap((finding) => {
    const { severity, object } = finding;
    const [subject] = rows.subjectsOf(finding);
    const location =
      object.kind === 'INPUT' ? object.location : sources.locate(object.kind, object.index);
    if (subject === undefined || location === null || !isAtLeast(severity, minSeverity)) return [];
    if (judge(finding, subject).status !== 'OPEN') return [];
    const line = subject.place?.startLine ?? location.startLine;
    return [{ severity, fix: { ...mendOf(finding), object: subject.object, location, line } }];
  });
  return SEVERITIES.flatMap((severity) =>
    open.filter((one) => one.severity === severity).map(({ fix }) => fix),
  );
}

function mendOf({ rule, path, fix }: Finding): Pick<ObjectFix, 'rule' | 'path' | 'text' | 'edits'> {
  return { rule, path, text: fix?.text ?? '', edits: fix?.edits ?? [] };
}
