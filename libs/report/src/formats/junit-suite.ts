import { xmlText } from '../text/xml-text.js';

/** What a test case lists. */
const LISTED = 1_000;

/** A test case. HELD: nothing was found. WARNED: it passes, and its output says what was found. */
export interface JunitCase {
  readonly name: string;
  readonly status: 'HELD' | 'WARNED' | 'FAILED';
  /** What was found, one line each. */
  readonly lines: readonly string[];
}

/** Cases of one run. */
export interface JunitSuite {
  readonly name: string;
  readonly className: string;
  /** What a line is, in singular: `violation`. */
  readonly word: string;
  readonly cases: readonly JunitCase[];
}

/** Test results in the form that most tools read. */
export function writeJunitSuite(suite: JunitSuite): string {
  const { cases } = suite;
  const failures = cases.filter(({ status }) => status === 'FAILED').length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="portolan" ${counts}>`,
    `  <testsuite name="${xmlText(suite.name)}" ${counts}>`,
    ...cases.flatMap((one) => testCase(one, suite)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase({ name, status, lines }: JunitCase, { className, word }: JunitSuite): string[] {
  const open = `    <testcase name="${xmlText(name)}" classname="${className}"`;
  if (status === 'HELD') return [`${open}/>`];
  const text = lines.slice(0, LISTED).join('\n');
  const more = lines.length > LISTED ? `\nand ${lines.length - LISTED} more` : '';
  const message = xmlText(`${lines.length} ${word}${lines.length === 1 ? '' : 's'}`);
  const inner =
    status === 'FAILED'
      ? `<failure message="${message}" type="${xmlText(name)}">${xmlText(text + more)}</failure>`
      : `<system-out>${xmlText(`warning: ${text}${more}`)}</system-out>`;
  return [`${open}>`, `      ${inner}`, '    </testcase>'];
}
