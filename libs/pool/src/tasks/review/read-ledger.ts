import type { Problem } from '@portolan/model';
import {
  type ExceptionFault,
  type ExceptionLedger,
  faultProblem,
  readExceptions,
  type ReviewException,
} from '@portolan/review';
import type { ExceptionsText, ReviewRefusal } from '../../review-messages.js';

/** Exceptions of both sides, what is wrong with those of the head, and why those of the base cannot be used. */
interface ReadLedger {
  readonly ledger: ExceptionLedger;
  readonly notes: readonly Problem[];
  readonly refusal: ReviewRefusal | null;
}

/** Reads exceptions. Who knows what a file of the base would silence that is not understood: then nothing is reviewed. */
export function readLedger(files: readonly ExceptionsText[]): ReadLedger {
  const [base, head] = (['BASE', 'HEAD'] as const).map((side) =>
    readAll(files.filter((file) => file.side === side)),
  );
  const faults = base?.faults ?? [];
  return {
    ledger: { base: base?.exceptions ?? [], head: head?.exceptions ?? [] },
    notes: (head?.faults ?? []).map((fault) => faultProblem(fault)),
    refusal: faults.length === 0 ? null : refusalOf(faults),
  };
}

function readAll(files: readonly ExceptionsText[]): {
  readonly exceptions: readonly ReviewException[];
  readonly faults: readonly ExceptionFault[];
} {
  const read = files.map(({ text, path }) => readExceptions(text, path));
  const exceptions = read.flatMap((file) => (file.ok ? file.exceptions : []));
  const faults = read.flatMap((file) => (file.ok ? [] : file.faults));
  const ids = new Set<string>();
  const repeated = exceptions.filter(({ id }) => ids.size === ids.add(id).size);
  return {
    exceptions,
    faults: [
      ...faults,
      ...repeated.map(({ path, line, id }): ExceptionFault => {
        return { path, line, field: '', message: `another exception has the id ${id}` };
      }),
    ],
  };
}

function refusalOf(faults: readonly ExceptionFault[]): ReviewRefusal {
  const [first] = faults.map((fault) => faultProblem(fault));
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const place = first === undefined ? '' : `${first.location.path}:${first.location.startLine}: `;
  return {
    code: 'INVALID',
    message: `Exceptions of the base cannot be used: ${place}${first?.message ?? ''}${more}`,
    problems: faults.map((fault) => faultProblem(fault)),
  };
}
