import { type ReviewReport, writeReview } from '@portolan/report';

/** GitHub shows that many of a run, and takes one run of a tool for an upload. */
const MAX_RESULTS = 5_000;

interface SarifLog {
  readonly runs: readonly [
    {
      readonly results: readonly object[];
      readonly properties: { readonly resultsOmitted: number };
    },
  ];
}

/** One log of one run for several reviews. */
export function sarifOf(reports: readonly [ReviewReport, ...ReviewReport[]]): string {
  const [first, ...others] = reports.map(
    (report) => JSON.parse(writeReview(report, 'sarif')) as SarifLog,
  );
  if (first === undefined) return '';
  const runs = [first, ...others].map((log) => log.runs[0]);
  const results = runs.flatMap((run) => run.results);
  const omitted = runs.reduce((sum, { properties }) => sum + properties.resultsOmitted, 0);
  const run = {
    ...first.runs[0],
    results: results.slice(0, MAX_RESULTS),
    properties: { resultsOmitted: omitted + Math.max(0, results.length - MAX_RESULTS) },
  };
  return `${JSON.stringify({ ...first, runs: [run] }, null, 2)}\n`;
}
