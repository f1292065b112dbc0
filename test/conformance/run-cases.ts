import {
  type ConformanceCase,
  type ConformanceEndpoint,
  type ConformanceProbe,
  missingKinds,
} from './conformance-case.js';

/** What is asked of a service: verdicts of probes on a cluster, in their order. */
export type AskService = (
  resources: ConformanceCase['resources'],
  probes: readonly ConformanceProbe[],
) => Promise<readonly string[]>;

export interface RunOptions {
  /** Also cases with kinds that are not evaluated yet. */
  readonly all: boolean;
  /** Only the case of this id. */
  readonly only: string | null;
}

export interface RunReport {
  readonly casesRun: number;
  /** Cases left out because of kinds that are not evaluated yet. */
  readonly casesLeftOut: number;
  readonly passed: number;
  readonly failed: number;
}

/** Asks a service everything, and prints each wrong answer. */
export async function runCases(
  cases: readonly ConformanceCase[],
  { all, only }: RunOptions,
  ask: AskService,
  print: (line: string) => void,
): Promise<RunReport> {
  const wanted = cases.filter(({ id }) => only === null || id === only);
  const chosen = wanted.filter((one) => all || missingKinds(one).length === 0);
  let passed = 0;
  let failed = 0;
  for (const { id, origin, resources, probes } of chosen) {
    const verdicts = await ask(resources, probes);
    for (const [i, probe] of probes.entries()) {
      const wantedVerdict = probe.allowed ? 'ALLOWED' : 'DENIED';
      const found = verdicts[i] ?? 'no answer';
      if (found === wantedVerdict) {
        passed++;
        continue;
      }
      failed++;
      print(
        `WRONG ${id}: ${describeProbe(probe)} is ${found}, should be ${wantedVerdict} (${origin})`,
      );
    }
  }
  const casesLeftOut = wanted.length - chosen.length;
  return { casesRun: chosen.length, casesLeftOut, passed, failed };
}

/** The report's last lines. */
export function describeReport({ casesRun, casesLeftOut, passed, failed }: RunReport): string {
  const leftOut =
    casesLeftOut === 0
      ? ''
      : `; ${casesLeftOut} left out: kinds that are not evaluated yet (--all runs them)`;
  return `${casesRun} cases run${leftOut}\n${passed} probes passed, ${failed} failed`;
}

function describeProbe({ from, to, protocol, port }: ConformanceProbe): string {
  return `${describeEndpoint(from)} → ${describeEndpoint(to)} ${protocol} ${port}`;
}

function describeEndpoint(endpoint: ConformanceEndpoint): string {
  return 'ip' in endpoint ? endpoint.ip : `${endpoint.namespace}/${endpoint.pod}`;
}
