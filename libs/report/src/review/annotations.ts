import type { LineNote } from '../formats/line-note.js';
import {
  invariantText,
  openingRows,
  causeText,
  endsText,
  placeText,
  rowTraffic,
} from './report-text.js';
import type { AccessRow, Cause, Place, ReviewedInvariant, ReviewReport } from './review-report.js';

/** Stable ids of what a review says about a line, with one sentence each. */
export const ANNOTATION_RULES = {
  'new-internet-ingress': 'Something is newly reachable from the internet',
  'new-entire-cluster-ingress': 'Something is newly reachable from the whole cluster',
  'new-internet-egress': 'Something may newly reach the internet',
  'new-cross-namespace-access': 'Something is newly reachable from another namespace',
  'new-access': 'Access was opened',
  'newly-unprotected-workload': 'A workload is no longer isolated by any NetworkPolicy',
  'new-finding': 'A mistake that was not there before',
  'broken-invariant': 'A change breaks an invariant',
  'closed-access': 'Access was closed',
  'skipped-input': 'Input was left out of the review',
} as const;
/** An id of ANNOTATION_RULES. */
export type AnnotationRule = keyof typeof ANNOTATION_RULES;

/** Something that a review says about a line. */
export interface Annotation extends LineNote {
  readonly rule: AnnotationRule;
  readonly place: Place;
}

/**
 * What a report says about lines, gravest first: one for each row, at the first of its causes that has a place, in the
 * head when there is one. What has no place has no annotation.
 */
export function annotationsOf(report: ReviewReport): Annotation[] {
  const { closed, newlyUnprotected, skipped } = report;
  return [
    ...openingRows(report).flatMap((row) => rowAnnotation(row, ruleOf(row))),
    ...newlyUnprotected.flatMap(({ workload, directions, causes, severity, fingerprint }) => {
      const message = `${workload}: ${directions.join(' and ').toLowerCase()} is no longer isolated by any NetworkPolicy.`;
      return at(causes, { rule: 'newly-unprotected-workload', severity, message, fingerprint });
    }),
    ...report.invariants.flatMap(invariantAnnotation),
    ...report.newFindings
      .filter(({ status }) => status !== 'ACCEPTED')
      .flatMap(({ rule, severity, object, message, fix, place, fingerprint }) => {
        const text = `${rule} ${object}: ${message}${fix === null ? '' : ` ${fix}`}`;
        const note = { rule: 'new-finding', severity, message: text, fingerprint } as const;
        return place === null ? [] : [{ ...note, place }];
      }),
    ...closed.flatMap((row) => rowAnnotation(row, 'closed-access')),
    ...skipped
      .filter(({ isNew }) => isNew)
      .map(({ code, place, object, message }): Annotation => ({
        rule: 'skipped-input',
        severity: 'MEDIUM',
        message: `${object === null ? '' : `${object}: `}${message} (${code})`,
        place,
        fingerprint: `${code} ${place.path} ${object ?? ''}`,
      })),
  ];
}

/** Of those that the change broke: what was broken before is no matter of its lines. */
function invariantAnnotation(invariant: ReviewedInvariant): Annotation[] {
  const { isNewlyBroken, severity, fingerprint, counterexamples, place } = invariant;
  if (!isNewlyBroken) return [];
  const causes = counterexamples.flatMap((one) => one.causes);
  const message = invariantText(invariant);
  const note = { rule: 'broken-invariant', severity, message, fingerprint } as const;
  const [annotation = { ...note, place }] = at(causes, note);
  return [annotation];
}

function rowAnnotation(row: AccessRow, rule: AnnotationRule): Annotation[] {
  const { severity, fingerprint, causes, reasons, exceptions } = row;
  const why = reasons.map(({ text }) => text).join(', ');
  const excepted = exceptions
    .map(({ id, covers }) => ` (excepted${covers === 'ALL' ? '' : ' in part'}: ${id})`)
    .join('');
  const verb = row.kind === 'CLOSED' ? 'closed' : 'opened';
  const others = causes
    .slice(1)
    .map(
      (cause) =>
        `${causeText(cause)}${cause.place === null ? '' : ` at ${placeText(cause.place)}`}`,
    );
  const also = others.length === 0 ? '' : ` Together with: ${others.join('; ')}.`;
  const message = `${endsText(row)}: ${rowTraffic(row)} ${verb}${why === '' ? '' : `, ${why}`}${excepted}.${also}`;
  return at(causes, { rule, severity, message, fingerprint });
}

function at(causes: readonly Cause[], annotation: Omit<Annotation, 'place'>): Annotation[] {
  const places = causes.flatMap(({ place }) => place ?? []);
  const place = places.find(({ side }) => side === 'HEAD') ?? places[0];
  return place === undefined ? [] : [{ ...annotation, place }];
}

const RULE_BY_REASON = {
  'internet-ingress': 'new-internet-ingress',
  'entire-cluster-ingress': 'new-entire-cluster-ingress',
  'internet-egress': 'new-internet-egress',
  'cross-namespace': 'new-cross-namespace-access',
  'sensitive-port': 'new-access',
  'lost-isolation': 'newly-unprotected-workload',
} as const satisfies Record<AccessRow['reasons'][number]['code'], AnnotationRule>;

/** Reasons come gravest first. */
function ruleOf({ reasons }: AccessRow): AnnotationRule {
  const [first] = reasons;
  return first === undefined ? 'new-access' : RULE_BY_REASON[first.code];
}
