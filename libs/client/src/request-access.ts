import { ClientError } from './client-error.js';
import type { PortolanClient } from './portolan-client.js';
import { problemText } from './problem-text.js';

/** What `GET /v1/snapshots/{id}/allowed-access` is told. */
export interface AccessOptions {
  readonly format: string;
  readonly groupBy: string;
  readonly assumeEnforced: boolean;
}

/** What each format is sent as. A page of a proxy is none of them. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  csv: 'text/csv',
  dot: 'text/vnd.graphviz',
  text: 'text/plain',
};

/**
 * Everything that is allowed in a snapshot, as text that is made while it is read.
 * @throws ClientError when there is no such document, and from the text when it ends before its end; what `signal` was aborted with.
 */
export async function requestAccess(
  client: PortolanClient,
  snapshot: string,
  { format, groupBy, assumeEnforced }: AccessOptions,
  signal: AbortSignal,
): Promise<AsyncIterable<string>> {
  const query = new URLSearchParams({
    format,
    groupBy,
    ...(assumeEnforced ? { assumeEnforced: 'true' } : {}),
  });
  const path = `/v1/snapshots/${encodeURIComponent(snapshot)}/allowed-access`;
  const address = client.address(path);
  const answer = await client.stream(`${path}?${query.toString()}`, {
    method: 'GET',
    headers: {},
    signal,
  });
  if ('status' in answer) throw new ClientError(`${address}: ${problemText(answer)}`);
  const type = answer.headers.get('content-type')?.split(';')[0]?.trim() ?? 'nothing';
  if (type !== MEDIA_TYPES[format])
    throw new ClientError(
      `${address} answers with ${type}, which is no ${format}: is it another version of Portolan?`,
    );
  return decoded(answer.chunks);
}

async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
