import { ClientError } from './client-error.js';
import type { PortolanClient } from './portolan-client.js';
import { problemText } from './problem-text.js';

/** What `GET /v1/snapshots/{id}/findings` is told. */
export interface FindingsOptions {
  readonly failOn: string;
  readonly minSeverity: string;
  /** `NP201=off`, the last one of a rule counts. */
  readonly rules: readonly string[];
  /** Null = of the server. */
  readonly today: string | null;
}

/** Findings of a snapshot. */
export interface FindingsAnswer {
  /** The report as JSON. */
  readonly json: string;
  /** What the server would end with; null when it does not say. */
  readonly exitCode: string | null;
}

/**
 * Has a server look for mistakes in a snapshot.
 * @throws ClientError when there is no report; what `signal` was aborted with.
 */
export async function requestFindings(
  client: PortolanClient,
  snapshot: string,
  { failOn, minSeverity, rules, today }: FindingsOptions,
  signal: AbortSignal,
): Promise<FindingsAnswer> {
  const query = new URLSearchParams({
    format: 'json',
    failOn,
    minSeverity,
    ...(today === null ? {} : { today }),
  });
  for (const rule of rules) query.append('rule', rule);
  const path = `/v1/snapshots/${encodeURIComponent(snapshot)}/findings`;
  const answer = await client.send(`${path}?${query.toString()}`, {
    method: 'GET',
    headers: { accept: 'application/json' },
    signal,
  });
  if (answer.status !== 200)
    throw new ClientError(`${client.address(path)}: ${problemText(answer)}`);
  return { json: answer.text, exitCode: answer.headers.get('portolan-exit-code') };
}
