import { type FindingsOptions, requestFindings } from '@portolan/client';
import { isAtLeast, SEVERITIES } from '@portolan/model';
import { type FindingsReport, readFindingsJson } from '@portolan/report';
import { isWhole, judgeAgain, type ReviewException, type RuleSetting } from '@portolan/review';
import { InputError } from '../../command-error.js';
import { EXIT } from '../../exit-code.js';
import { Progress } from '../../output/progress.js';
import { askServer } from '../../server/ask-server.js';
import { findState } from '../../server/find-state.js';
import type { ServerInput } from '../../server/server-input.js';
import type { Terminal } from '../../terminal.js';
import type { CheckOptions } from './check-options.js';

/** What a check goes by besides its options. */
export interface CheckTerms {
  readonly settings: ReadonlyMap<string, RuleSetting>;
  readonly exceptions: readonly ReviewException[];
  readonly baseline: ReadonlySet<string>;
  readonly today: string;
}

/** A report, and all findings for a baseline; null = none is written. */
export interface MadeReports {
  readonly report: FindingsReport;
  readonly whole: FindingsReport | null;
}

/** Further objects of a finding that a server names at most. */
const NAMED_OTHERS = 20;

/**
 * Has a server find mistakes in a snapshot that it has. Exceptions and a baseline are applied here, to all that was found; where the
 * report does not tell all of it, they cannot be.
 * @throws InputError when there is no report, or none that is understood.
 */
export async function checkOnServer(
  stored: ServerInput,
  options: CheckOptions,
  terms: CheckTerms,
  terminal: Terminal,
): Promise<MadeReports> {
  const { exceptions, baseline, today } = terms;
  const isJudgedHere = options.exceptions !== null || options.baseline !== null;
  const needsAll = isJudgedHere || options.newBaseline !== null;
  const report = await reportOf(
    stored,
    {
      failOn: options.failOn ?? 'none',
      minSeverity: needsAll ? 'INFO' : options.minSeverity,
      rules: Array.from(terms.settings, ([rule, setting]) => `${rule}=${setting}`),
      today: options.today,
    },
    terminal,
  );
  if (!needsAll) return { report, whole: null };
  const names = [
    ...(options.exceptions === null ? [] : ['--exceptions']),
    ...(options.baseline === null ? [] : ['--baseline']),
    ...(options.newBaseline === null ? [] : ['--write-baseline']),
  ];
  if (!isWhole(report, NAMED_OTHERS))
    throw new InputError(
      `${names.join(', ')}: a finding has ${NAMED_OTHERS} further objects or more, and the server does not say which; check the manifests here`,
    );
  const judge = (minSeverity: CheckOptions['minSeverity']): FindingsReport =>
    judgeAgain(report, { exceptions, baseline, minSeverity, today });
  return {
    report: judge(options.minSeverity),
    whole: options.newBaseline === null ? null : judge('INFO'),
  };
}

async function reportOf(
  { server, ref }: ServerInput,
  wanted: FindingsOptions,
  terminal: Terminal,
): Promise<FindingsReport> {
  const progress = new Progress(terminal, false);
  const { host } = server.url;
  progress.say(`${host} checks …`);
  try {
    const { json, exitCode } = await askServer(server, async (client, signal) =>
      requestFindings(client, await findState(client, ref, signal), wanted, signal),
    );
    const read = readFindingsJson(json);
    if (!read.ok)
      throw new InputError(
        `${host} sends a report that is not understood: ${read.message}; is it another version of Portolan?`,
      );
    const fault = faultIn(read.report, wanted, exitCode);
    if (fault !== null) throw new InputError(`${host} sends a report that ${fault}`);
    return read.report;
  } finally {
    progress.end();
  }
}

/** What in a report goes against the question, its headers or itself: then it decides nothing. */
function faultIn(
  { verdict, failOn, minSeverity, counts }: FindingsReport,
  wanted: FindingsOptions,
  exitCode: string | null,
): string | null {
  if ((failOn ?? 'none') !== wanted.failOn || minSeverity !== wanted.minSeverity)
    return 'is about other severities than were asked for';
  const fails = SEVERITIES.some(
    (severity) => counts[severity] > 0 && failOn !== null && isAtLeast(severity, failOn),
  );
  if (fails !== (verdict === 'FAILED')) return `says ${verdict} against its own counts`;
  const expected = String(fails ? EXIT.FAILED : EXIT.HELD);
  return exitCode === null || exitCode === expected
    ? null
    : `ends with ${exitCode}, and says ${verdict}`;
}
