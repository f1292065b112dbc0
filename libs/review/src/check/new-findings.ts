import { objectName, suppressionOf } from '@portolan/findings';
import type { FindingRow, ReviewedFinding } from '@portolan/report';
import type { ExceptionBook } from '../exceptions/exception-ledger.js';
import type { Side } from '../side.js';
import { checkedState } from './checked-state.js';
import { compareFindings, countByObject } from './compare-findings.js';
import { findInState, type FindOptions } from './find-in-state.js';
import { FindingRows, type Judge } from './finding-rows.js';

/** What a change does to findings, object by object: one that a second policy gets is new, although it is told with the first. */
export interface ChangedFindings {
  /** Gravest first. */
  readonly newFindings: readonly ReviewedFinding[];
  /** How many of the base are gone, counted by objects. */
  readonly fixedFindings: number;
}

/** Compares the findings of two states. Exceptions and annotations of the base accept some; those of the head accept nothing. */
export function changedFindings(
  base: Side,
  head: Side,
  options: Pick<FindOptions, 'isComplete' | 'today' | 'profile' | 'labelling' | 'settings'>,
  book: ExceptionBook,
): ChangedFindings {
  const of = (side: Side, before: Side | null) => ({
    view: side.analysis.view,
    findings: findInState(checkedState(side.state, side.sources), {
      ...options,
      base: before === null ? null : before.analysis,
    }),
  });
  const { added, gone } = compareFindings(of(base, null), of(head, base));
  const judge = judgeBy(silencedIn(base, options.today), book);
  const rows = new FindingRows(head.analysis.view, head.sources).rowsOf(added, judge);
  return {
    newFindings: rows.map(reviewed),
    fixedFindings: countByObject({ view: base.analysis.view, findings: gone }),
  };
}

function reviewed(row: FindingRow): ReviewedFinding {
  const { fingerprint, rule, name, severity, confidence, message, object, path, place } = row;
  const { fix, occurrences, status, why } = row;
  return {
    fingerprint,
    rule,
    name,
    severity,
    confidence,
    message,
    object,
    path,
    place: place === null ? null : { side: 'HEAD', ...place },
    fix: fix?.text ?? null,
    occurrences,
    status: status === 'SUPPRESSED' ? 'PROPOSED' : status === 'ACCEPTED' ? 'ACCEPTED' : 'OPEN',
    why,
  };
}

/** What annotations of a state silence: rule and object. */
function silencedIn({ sources, analysis: { view } }: Side, today: string): Set<string> {
  const silenced = new Set<string>();
  for (const { kind, index, entries } of sources.ignores())
    for (const { rule } of entries)
      if (suppressionOf(view, sources, { kind, index }, rule, today) !== null)
        silenced.add(silenceKey(rule, objectName(view, { kind, index })));
  return silenced;
}

function silenceKey(rule: string, object: string): string {
  return `${rule} ${object}`;
}

/** An annotation that the change brings silences nothing, or a change would approve itself. */
function judgeBy(silenced: ReadonlySet<string>, book: ExceptionBook): Judge {
  return ({ rule, suppressed }, { object, fingerprint }) => {
    const accepted = book.accept({ rule, object, fingerprint });
    if (accepted !== null) return { status: 'ACCEPTED', why: accepted };
    if (suppressed === null) return { status: 'OPEN', why: null };
    const isOld = silenced.has(silenceKey(rule, object));
    return { status: isOld ? 'ACCEPTED' : 'SUPPRESSED', why: suppressed.reason };
  };
}
