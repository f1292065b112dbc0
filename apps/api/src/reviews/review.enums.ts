import { registerEnumType } from '@nestjs/graphql';
import type { ReviewFormat } from '@portolan/report';

/** What happens when a gate does not hold. */
export const GateActionEnum = { FAIL: 'FAIL', WARN: 'WARN', OFF: 'OFF' } as const;
/** An action of GateActionEnum. */
export type GateAction = keyof typeof GateActionEnum;

registerEnumType(GateActionEnum, {
  name: 'GateAction',
  description: 'What happens when a gate does not hold.',
  valuesMap: {
    FAIL: { description: 'The review fails.' },
    WARN: { description: 'It is reported, and the review does not fail.' },
    OFF: { description: 'It is not asked.' },
  },
});

/** Results of reviews, in the words of check runs. */
export const ReviewConclusionEnum = {
  SUCCESS: 'SUCCESS',
  NEUTRAL: 'NEUTRAL',
  FAILURE: 'FAILURE',
  CANCELLED: 'CANCELLED',
  TIMED_OUT: 'TIMED_OUT',
  ERROR: 'ERROR',
} as const;
/** A conclusion of ReviewConclusionEnum. */
export type ReviewConclusion = keyof typeof ReviewConclusionEnum;

registerEnumType(ReviewConclusionEnum, {
  name: 'ReviewConclusion',
  description: 'Result of a review, in the words of check runs.',
  valuesMap: {
    SUCCESS: { description: 'Every gate held.' },
    NEUTRAL: { description: 'Only gates that warn did not hold.' },
    FAILURE: { description: 'A gate did not hold.' },
    CANCELLED: { description: 'Somebody stopped it.' },
    TIMED_OUT: { description: 'It took longer than it may.' },
    ERROR: {
      description:
        'The input could not be used, or something failed: says nothing about the change.',
    },
  },
});

/** Formats of reports by their names in the API. */
export const ReportFormatEnum = {
  MARKDOWN: 'MARKDOWN',
  TEXT: 'TEXT',
  JSON: 'JSON',
  SARIF: 'SARIF',
  JUNIT: 'JUNIT',
  GITLAB_CODE_QUALITY: 'GITLAB_CODE_QUALITY',
  CSV: 'CSV',
  DOT: 'DOT',
} as const;
/** A format of ReportFormatEnum. */
export type ReportFormat = keyof typeof ReportFormatEnum;

/** The writer of each format. */
export const WRITER_OF = {
  MARKDOWN: 'md',
  TEXT: 'text',
  JSON: 'json',
  SARIF: 'sarif',
  JUNIT: 'junit',
  GITLAB_CODE_QUALITY: 'gitlab',
  CSV: 'csv',
  DOT: 'dot',
} as const satisfies Record<ReportFormat, ReviewFormat>;

registerEnumType(ReportFormatEnum, {
  name: 'ReportFormat',
  description: 'Formats of a report.',
  valuesMap: {
    MARKDOWN: { description: 'A comment for a pull request; begins with `commentMarker`.' },
    TEXT: { description: 'Plain text.' },
    JSON: { description: 'Everything, as docs/review.schema.json says.' },
    SARIF: { description: 'SARIF 2.1.0, with at most 5,000 results.' },
    JUNIT: { description: 'A test case for each gate.' },
    GITLAB_CODE_QUALITY: { description: "GitLab's code quality report." },
    CSV: { description: 'A line for each row.' },
    DOT: { description: 'A Graphviz graph.' },
  },
});

/** Levels of annotations, in the words of check runs. */
export const AnnotationLevelEnum = {
  NOTICE: 'NOTICE',
  WARNING: 'WARNING',
  FAILURE: 'FAILURE',
} as const;
/** A level of AnnotationLevelEnum. */
export type AnnotationLevel = keyof typeof AnnotationLevelEnum;

registerEnumType(AnnotationLevelEnum, {
  name: 'AnnotationLevel',
  description: 'Level of an annotation, in the words of check runs.',
  valuesMap: {
    NOTICE: { description: 'LOW and INFO.' },
    WARNING: { description: 'MEDIUM.' },
    FAILURE: { description: 'HIGH and CRITICAL.' },
  },
});
