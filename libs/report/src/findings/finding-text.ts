import { isAtLeast, SEVERITIES } from '@portolan/model';
import { placeText } from '../review/report-text.js';
import type { FindingRow, FindingsReport } from './findings-report.js';

/** Whether a finding makes the run fail. */
export function isFailing({ failOn }: FindingsReport, { status, severity }: FindingRow): boolean {
  return status === 'OPEN' && failOn !== null && isAtLeast(severity, failOn);
}

/** `3 findings: 1 HIGH, 2 LOW`. */
function countText({ counts }: Pick<FindingsReport, 'counts'>): string {
  const all = SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
  if (all === 0) return 'Nothing was found';
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0);
  return `${all} ${all === 1 ? 'finding' : 'findings'}: ${parts
    .map((severity) => `${counts[severity]} ${severity}`)
    .join(', ')}`;
}

/** `Failed: …`, `Passed: …`. */
export function checkVerdict(report: FindingsReport): string {
  const { verdict, failOn } = report;
  const limit =
    failOn === null
      ? 'nothing fails'
      : `${failOn}${failOn === 'CRITICAL' ? '' : ' and graver'} fails`;
  return `${verdict === 'FAILED' ? 'Failed' : 'Passed'}: ${countText(report)} (${limit})`;
}

/** Who else has a finding, and where it is; null = nobody. */
export function othersText({ others, occurrences }: FindingRow): string | null {
  if (occurrences <= 1) return null;
  const shown = others
    .slice(0, SHOWN_OTHERS)
    .map(({ object, place }) => (place === null ? object : `${object} (${placeText(place)})`));
  const more = occurrences - 1 - shown.length;
  if (shown.length === 0) return `${occurrences} times`;
  return `also ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const SHOWN_OTHERS = 3;

/** What is told of a finding in one line, without its place. */
export function findingLine({ object, path, message }: FindingRow): string {
  return `${object}${path === null ? '' : ` ${path}`}: ${message}`;
}

/** `accepted: Partner upload`; empty for one that counts. */
export function statusText({ status, why }: FindingRow): string {
  return status === 'OPEN' ? '' : `${status.toLowerCase()}${why === null ? '' : `: ${why}`}`;
}

/** What accepted or silenced findings until its last day was over: exceptions, then annotations. */
export function expiredLines({
  exceptions,
  expired,
}: Pick<FindingsReport, 'exceptions' | 'expired'>): string[] {
  return [
    ...exceptions
      .filter(({ status }) => status === 'EXPIRED')
      .map(
        ({ id, expires, place, reason }) =>
          `exception ${id} at ${placeText(place)}, until ${expires}: ${reason}`,
      ),
    ...expired.map(({ object, place, message }) => `${object} at ${placeText(place)}: ${message}`),
  ];
}
