import { writeSarifLog } from '../formats/sarif-log.js';
import { ANNOTATION_RULES, annotationsOf } from './annotations.js';
import type { ReviewReport } from './review-report.js';

/** A log of SARIF 2.1.0 with a result for each row that has a place. */
export function writeSarif(report: ReviewReport): string {
  return writeSarifLog({
    engineVersion: report.engineVersion,
    rules: Object.entries(ANNOTATION_RULES).map(([id, text]) => ({
      id,
      shortDescription: { text },
    })),
    notes: annotationsOf(report),
    fingerprintName: 'portolanReview/v1',
  });
}
