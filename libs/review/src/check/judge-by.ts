import type { ExceptionBook } from '../exceptions/exception-ledger.js';
import type { Judge } from './finding-rows.js';

/** Judges findings by annotations, exceptions and a baseline, in this order. */
export function judgeBy(book: ExceptionBook, baseline: ReadonlySet<string>): Judge {
  return (finding, { object, fingerprint }) => {
    const { suppressed } = finding;
    if (suppressed !== null) return { status: 'SUPPRESSED', why: suppressed.reason };
    const accepted = book.accept({ rule: finding.rule, object, fingerprint });
    if (accepted !== null) return { status: 'ACCEPTED', why: accepted };
    return baseline.has(fingerprint)
      ? { status: 'KNOWN', why: 'in the baseline' }
      : { status: 'OPEN', why: null };
  };
}
