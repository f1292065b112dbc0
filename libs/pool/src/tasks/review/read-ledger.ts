import type { Problem } from '@portolan/model';
import {
  type ExceptionFault,
  type ExceptionLedger,
  faultProblem,
  type InvariantLedger,
  readExceptions,
  readInvariants,
} from '@portolan/review';
import type { ReviewRefusal, ReviewRequest, SideText } from '../../review-messages.js';
import { baseRefusal } from './base-refusal.js';

/** Exceptions and invariants of both sides, what is wrong with those of the head, and why those of the base cannot be used. */
interface ReadLedgers {
  readonly exceptions: ExceptionLedger;
  readonly invariants: InvariantLedger;
  readonly notes: readonly Problem[];
  readonly refusal: ReviewRefusal | null;
}

/** Reads both. Who knows what a file of the base would silence, or forbid, that is not understood: then nothing is reviewed. */
export function readLedgers({
  exceptions: exceptionFiles,
  invariants: invariantFiles,
}: Pick<ReviewRequest, 'exceptions' | 'invariants'>): ReadLedgers {
  const exceptions = readSides(exceptionFiles, 'exceptions', (text, path) => {
    const file = readExceptions(text, path);
    return file.ok ? named(file.exceptions, ({ id }) => id) : file;
  });
  const invariants = readSides(invariantFiles, 'invariants', (text, path) => {
    const file = readInvariants(text, path);
    return file.ok ? named(file.invariants, ({ name }) => name) : file;
  });
  return {
    exceptions: exceptions.ledger,
    invariants: invariants.ledger,
    notes: [...exceptions.notes, ...invariants.notes],
    refusal: exceptions.refusal ?? invariants.refusal,
  };
}

/** Something of a file, and the name that no other may have. */
interface Named<Of> {
  readonly name: string;
  readonly one: Of;
}

type ReadFile<Of> = (
  text: string,
  path: string,
) =>
  | { readonly ok: true; readonly all: readonly Named<Of>[] }
  | { readonly ok: false; readonly faults: readonly ExceptionFault[] };

function named<Of>(
  all: readonly Of[],
  nameOf: (one: Of) => string,
): { readonly ok: true; readonly all: readonly Named<Of>[] } {
  return { ok: true, all: all.map((one) => ({ name: nameOf(one), one })) };
}

interface Placed {
  readonly path: string;
  readonly line: number;
}

function readSides<Of extends Placed>(
  files: readonly SideText[],
  what: 'exceptions' | 'invariants',
  read: ReadFile<Of>,
): {
  readonly ledger: { readonly base: readonly Of[]; readonly head: readonly Of[] };
  readonly notes: readonly Problem[];
  readonly refusal: ReviewRefusal | null;
} {
  const of = (side: SideText['side']) =>
    readAll(
      files.filter((file) => file.side === side),
      what,
      read,
    );
  const [base, head] = [of('BASE'), of('HEAD')];
  return {
    ledger: { base: base.all, head: head.all },
    notes: head.problems,
    refusal: baseRefusal(what === 'exceptions' ? 'Exceptions' : 'Invariants', base.problems),
  };
}

function readAll<Of extends Placed>(
  files: readonly SideText[],
  what: 'exceptions' | 'invariants',
  read: ReadFile<Of>,
): { readonly all: readonly Of[]; readonly problems: readonly Problem[] } {
  const found = files.map(({ text, path }) => read(text, path));
  const all = found.flatMap((file) => (file.ok ? file.all : []));
  const faults = found.flatMap((file) => (file.ok ? [] : file.faults));
  const names = new Set<string>();
  const repeated = all
    .filter(({ name }) => names.size === names.add(name).size)
    .map(({ name, one: { path, line } }): ExceptionFault => {
      const message =
        what === 'exceptions'
          ? `another exception has the id ${name}`
          : `another invariant has the name ${name}`;
      return { path, line, field: '', message };
    });
  return {
    all: all.map(({ one }) => one),
    problems: [...faults, ...repeated].map((fault) => faultProblem(fault, what)),
  };
}
