import type { Caveat } from '@portolan/model';
import type { GateResult, ReviewReport, Violation } from '@portolan/report';

/** JSON of a report that is kept: some ten thousand rows. Bytes, of UTF-8. */
export const MAX_REPORT_BYTES = 8 * 1024 * 1024;

/**
 * The report, without its last rows when it is too large to be kept: first of what was closed, then of findings, then of what was
 * opened and closed, then of what was opened, of what lost its isolation, and of what gates say. Gates were asked about all of them.
 */
export function boundReport(report: ReviewReport, maxBytes: number): ReviewReport {
  let excess = sizeOf(report) - maxBytes;
  if (excess <= 0) return report;
  excess += ROOM_FOR_CAVEAT;
  let left = 0;
  const shorten = <Row>(rows: readonly Row[]): readonly Row[] => {
    const kept = [...rows];
    while (excess > 0 && kept.length > 0) {
      excess -= sizeOf(kept.pop()) + 1;
      left++;
    }
    return kept;
  };
  const closed = shorten(report.closed);
  const newFindings = shorten(report.newFindings);
  const altered = shorten(report.altered);
  const opened = shorten(report.opened);
  const newlyUnprotected = shorten(report.newlyUnprotected);
  const gates = report.gates.map((gate) => shortGate(gate, shorten));
  const caveat: Caveat = {
    code: 'RESULT_TRUNCATED',
    message: `${left} rows of this review are not kept, because it would be larger than ${maxBytes} bytes; gates were asked about them.`,
  };
  const caveats = [...report.caveats, caveat];
  return { ...report, opened, altered, closed, newlyUnprotected, newFindings, gates, caveats };
}

/** For the caveat, and for a violation of each gate that says that others are left out. */
const ROOM_FOR_CAVEAT = 4_000;

/** A gate that does not hold keeps a violation. */
function shortGate(
  gate: GateResult,
  shorten: (rows: readonly Violation[]) => readonly Violation[],
): GateResult {
  const violations = shorten(gate.violations);
  const left = gate.violations.length - violations.length;
  if (left === 0) return gate;
  return { ...gate, violations: [...violations, { text: `${left} more`, place: null }] };
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
