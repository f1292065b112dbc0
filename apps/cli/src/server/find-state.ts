import { askGraphQL, ClientError, type PortolanClient } from '@portolan/client';
import { objectOf, orNull, text } from '@portolan/report';
import { readData } from './read-data.js';
import type { StateRef } from './state-ref.js';

const SNAPSHOT = `query ($ref: SnapshotRefInput!) {
  snapshot(ref: $ref) { id }
}`;

const DATA = objectOf<{ readonly snapshot: { readonly id: string } | null }>({
  snapshot: orNull(objectOf<{ readonly id: string }>({ id: text })),
});

/**
 * The id of a snapshot. Whatever is asked is asked of it, so that all of an answer is about one state, also when another one
 * is stored meanwhile.
 * @throws ClientError when there is none.
 */
export async function findState(
  client: PortolanClient,
  ref: StateRef,
  signal: AbortSignal,
): Promise<string> {
  const variables = {
    ref: ref.kind === 'SNAPSHOT' ? { id: ref.id } : { latestOf: { cluster: ref.slug } },
  };
  const question = { document: SNAPSHOT, variables, read: readData(DATA) };
  const { snapshot } = await askGraphQL(client, question, signal);
  if (snapshot !== null) return snapshot.id;
  throw new ClientError(
    ref.kind === 'SNAPSHOT'
      ? `There is no snapshot ${ref.id} on the server.`
      : `There is no snapshot of a cluster ${ref.slug} on the server.`,
  );
}
