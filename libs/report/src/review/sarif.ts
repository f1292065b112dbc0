import type { Severity } from '@portolan/model';
import { type Annotation, ANNOTATION_RULES, annotationsOf } from './annotations.js';
import type { ReviewReport } from './review-report.js';

/** GitHub shows 5,000 results of a run, and refuses none below 25,000. */
const MAX_RESULTS = 5_000;

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'note',
  INFO: 'note',
};

/** A log of SARIF 2.1.0 with a result for each row that has a place. */
export function writeSarif(report: ReviewReport): string {
  const annotations = annotationsOf(report);
  const rules = Object.entries(ANNOTATION_RULES).map(([id, text]) => ({
    id,
    shortDescription: { text },
  }));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Portolan', semanticVersion: semantic(report.engineVersion), rules },
        },
        originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository' } } },
        results: annotations.slice(0, MAX_RESULTS).map(resultOf),
        properties: { resultsOmitted: Math.max(0, annotations.length - MAX_RESULTS) },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf({ rule, severity, message, place, fingerprint }: Annotation): object {
  const { path, startLine, endLine } = place;
  return {
    ruleId: rule,
    ruleIndex: Object.keys(ANNOTATION_RULES).indexOf(rule),
    level: LEVELS[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path), uriBaseId: 'SRCROOT' },
          region: { startLine, endLine: Math.max(startLine, endLine) },
        },
      },
    ],
    partialFingerprints: { 'portolanReview/v1': fingerprint },
  };
}

/** A relative reference: a path with a colon in its first segment would be taken for a scheme. */
function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** The engine's version is a number that counts up; SARIF wants three. */
function semantic(version: string): string {
  return /^\d+\.\d+\.\d+/.test(version)
    ? version
    : `${/^\d+(?:\.\d+)?/.exec(version)?.[0] ?? '0'}.0.0`.split('.').slice(0, 3).join('.');
}
