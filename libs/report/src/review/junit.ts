import { writeJunitSuite } from '../formats/junit-suite.js';
import { placeText } from './report-text.js';
import type { ReviewReport, Violation } from './review-report.js';

/** Test results: a case for each gate. A gate that only warns says so in its output. */
export function writeJunit({ gates, cluster, path }: ReviewReport): string {
  return writeJunitSuite({
    name: `portolan diff ${cluster} ${path}`,
    className: 'portolan.gates',
    word: 'violation',
    cases: gates.map(({ gate, status, violations }) => ({
      name: gate,
      status,
      lines: violations.map(violationText),
    })),
  });
}

function violationText({ text, place }: Violation): string {
  return place === null ? text : `${placeText(place)}: ${text}`;
}
