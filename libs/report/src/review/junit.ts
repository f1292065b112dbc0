import { xmlText } from '../text/xml-text.js';
import { placeText } from './report-text.js';
import type { GateResult, ReviewReport, Violation } from './review-report.js';

/** Violations that a test case lists. */
const LISTED = 1_000;

/** Test results in the form that most tools read: a case for each gate. A gate that only warns says so in its output. */
export function writeJunit({ gates, cluster, path }: ReviewReport): string {
  const failures = gates.filter(({ status }) => status === 'FAILED').length;
  const counts = `tests="${gates.length}" failures="${failures}" errors="0" skipped="0"`;
  const name = xmlText(`portolan diff ${cluster} ${path}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="portolan" ${counts}>`,
    `  <testsuite name="${name}" ${counts}>`,
    ...gates.flatMap(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ gate, status, violations }: GateResult): string[] {
  const open = `    <testcase name="${xmlText(gate)}" classname="portolan.gates"`;
  if (status === 'HELD') return [`${open}/>`];
  const text = violations.slice(0, LISTED).map(violationText).join('\n');
  const more = violations.length > LISTED ? `\nand ${violations.length - LISTED} more` : '';
  const message = xmlText(
    `${violations.length} ${violations.length === 1 ? 'violation' : 'violations'}`,
  );
  const inner =
    status === 'FAILED'
      ? `<failure message="${message}" type="${xmlText(gate)}">${xmlText(text + more)}</failure>`
      : `<system-out>${xmlText(`warning: ${text}${more}`)}</system-out>`;
  return [`${open}>`, `      ${inner}`, '    </testcase>'];
}

function violationText({ text, place }: Violation): string {
  return place === null ? text : `${placeText(place)}: ${text}`;
}
