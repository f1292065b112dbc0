import { diffSnapshots, ENGINE_VERSION, profileOf } from '@portolan/engine';
import {
  type AccessChange,
  type Caveat,
  commonTraffic,
  compareText,
  countProblems,
  type DiffOptions,
  type TrafficSet,
} from '@portolan/model';
import {
  type GateResult,
  type ReviewedState,
  type ReviewReport,
  snapshotCaveats,
} from '@portolan/report';
import { changedFindings } from './check/new-findings.js';
import { NO_SETTINGS, proposedSettings } from './check/review-settings.js';
import { openedAccess, stableName } from './access-facts.js';
import { collapseRows } from './collapse-rows.js';
import { newlyOpenToCluster } from './entire-cluster.js';
import { ExceptionBook } from './exceptions/exception-ledger.js';
import { findOpenWorkloads } from './find-open-workloads.js';
import { findSkipped } from './find-skipped.js';
import { findUnprotected } from './find-unprotected.js';
import { askGates } from './gates.js';
import { judgeInvariants } from './invariants/judge-invariants.js';
import { OffenceCauses } from './invariants/offence-causes.js';
import type { JudgedChange } from './judged-change.js';
import { CauseLocator } from './locate-causes.js';
import type { ReviewInput } from './review-input.js';
import type { ReviewState } from './review-state.js';
import { Side } from './side.js';
import { CLOSING, judge } from './severity.js';
import { unlistedAccess } from './unlisted-access.js';

const EVERY_CHANGE: DiffOptions = {
  namespaces: null,
  includeAddedAndRemovedWorkloads: true,
  groupBy: 'WORKLOAD',
};

/** Reviews a change: what it opens and closes, what caused that, how grave it is, and whether the gates hold. */
export function reviewChange(input: ReviewInput): ReviewReport {
  const base = new Side('BASE', input.base);
  const head = new Side('HEAD', input.head);
  const diff = diffSnapshots(base.analysis, head.analysis, EVERY_CHANGE);
  const isSame = input.base.content.digest === input.head.content.digest;
  const opened = isSame
    ? new Map<string, TrafficSet>()
    : newlyOpenToCluster(base.analysis, head.analysis);
  const locator = new CauseLocator(base, head, diff.objectChanges);
  const book = new ExceptionBook(input.exceptions, input.today);
  const judged = diff.changes.map((change) => judgeChange(change, opened, locator, book));
  const rows = collapseRows(judged);
  const unprotected = findUnprotected(diff, base, head, locator);
  const { skipped, skippedOmitted } = findSkipped(base, head, input.changedPaths, input.notes);
  const openToCluster = findOpenWorkloads(opened, head, judged);
  const unlisted = unlistedAccess(diff);
  const settings = (input.settings ?? NO_SETTINGS).base;
  const findings = changedFindings(
    base,
    head,
    {
      isComplete: input.isWholeCluster,
      today: input.today,
      settings: settings.rules,
      profile: input.enforcement?.profile ?? null,
      labelling: settings.profile,
    },
    book,
  );
  const { newFindings } = findings;
  const invariants = judgeInvariants({
    ledger: input.invariants,
    base: base.analysis,
    head: head.analysis,
    isSame,
    causes: new OffenceCauses(judged, unprotected),
    book,
  });
  const { minSeverity = 'HIGH' } = input.gates;
  const facts = {
    rows,
    unlisted,
    unprotected,
    openToCluster,
    skipped,
    newFindings,
    minSeverity,
    invariants: invariants.rows,
  };
  const gates = askGates(facts, input.gates.failOn, input.gates.warnOn);
  const ofKind = (kind: AccessChange['kind']) =>
    rows.filter(({ row }) => row.kind === kind).map(({ row }) => row);
  return {
    engineVersion: ENGINE_VERSION,
    cluster: input.cluster,
    path: input.path,
    base: stateOf(input.base),
    head: stateOf(input.head),
    verdict: verdictOf(gates),
    summary: diff.summary.text,
    opened: ofKind('OPENED'),
    altered: ofKind('ALTERED'),
    closed: ofKind('CLOSED'),
    newlyUnprotected: unprotected,
    ...findings,
    invariants: invariants.rows,
    gates,
    exceptions: book.results(),
    caveats: caveatsOf([...diff.caveats, ...invariants.caveats], input),
    skipped,
    skippedOmitted,
  };
}

function judgeChange(
  change: AccessChange,
  openToCluster: ReadonlyMap<string, TrafficSet>,
  locator: CauseLocator,
  book: ExceptionBook,
): JudgedChange {
  const causes = locator.causesOf(change);
  const access = openedAccess(change);
  if (access === null) return { change, judgement: CLOSING, causes, exceptions: [], left: [] };
  const isFromPods = access.source.kind !== 'external';
  const opened = isFromPods ? openToCluster.get(stableName(access.destination)) : undefined;
  const fromCluster = opened === undefined ? [] : commonTraffic(access.traffic, opened);
  const { left, shares } = book.excuse(access);
  return { change, judgement: judge(access, fromCluster), causes, exceptions: shares, left };
}

function stateOf({ name, content }: ReviewState): ReviewedState {
  return { name, digest: content.digest };
}

function verdictOf(gates: readonly GateResult[]): ReviewReport['verdict'] {
  if (gates.some(({ status }) => status === 'FAILED')) return 'FAILED';
  return gates.some(({ status }) => status === 'WARNED') ? 'WARNED' : 'PASSED';
}

/** Of the difference and of both states, each once. */
function caveatsOf(
  found: readonly Caveat[],
  { base, head, isWholeCluster, enforcement, settings = NO_SETTINGS }: ReviewInput,
): Caveat[] {
  const ofState = ({
    content: { problems, problemsOmitted },
    analysis,
  }: ReviewState): readonly Caveat[] => {
    const completeness = isWholeCluster ? 'COMPLETE' : 'PARTIAL';
    const reading = {
      completeness,
      problemCounts: countProblems(problems),
      problemsOmitted,
    } as const;
    const facts = enforcement ?? profileOf(analysis.view, isWholeCluster);
    return snapshotCaveats(reading, facts, 'the list of skipped input');
  };
  const byText = new Map<string, Caveat>();
  for (const caveat of [
    ...found,
    ...ofState(base),
    ...ofState(head),
    ...proposedSettings(settings),
  ])
    byText.set(`${caveat.code} ${caveat.message}`, caveat);
  return [...byText.values()].sort(
    (a, b) => compareText(a.code, b.code) || compareText(a.message, b.message),
  );
}
