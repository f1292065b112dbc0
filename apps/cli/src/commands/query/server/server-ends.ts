import { askGraphQL, ClientError, GraphqlError, type PortolanClient } from '@portolan/client';
import { WORKLOAD_KINDS, type WorkloadKind } from '@portolan/model';
import { objectOf, orNull, text } from '@portolan/report';
import { readData } from '../../../server/read-data.js';
import type { WrittenEnd, WrittenWorkload } from '../read-end.js';

/** An end as a server is told it. */
export type EndInput = Readonly<Record<string, unknown>>;

/** A snapshot of a server. */
export interface AskedSnapshot {
  readonly client: PortolanClient;
  readonly id: string;
  readonly signal: AbortSignal;
}

/**
 * Asks about ends, by their arguments. What may be a workload or a pod is asked as a workload, and then as a pod.
 * @throws ClientError; of what is neither, what the server says of the workload.
 */
export async function askAboutEnds<Result>(
  snapshot: AskedSnapshot,
  ends: Readonly<Record<string, WrittenEnd>>,
  ask: (inputs: Readonly<Record<string, EndInput>>) => Promise<Result>,
): Promise<Result> {
  const inputs: Record<string, EndInput> = {};
  for (const [argument, end] of Object.entries(ends))
    inputs[argument] = await endInput(snapshot, end);
  const missing = new Map<string, GraphqlError>();
  for (;;) {
    try {
      return await ask(inputs);
    } catch (error) {
      const argument = argumentNotFound(error);
      const end = argument === null ? undefined : ends[argument];
      if (argument === null || end?.kind !== 'workload' || end.kindName !== null) throw error;
      const before = missing.get(argument);
      if (before !== undefined) throw before;
      missing.set(argument, error as GraphqlError);
      inputs[argument] = { pod: { namespace: end.namespace, name: end.name } };
    }
  }
}

/** Which argument names something that the snapshot does not have; null for any other failure. */
function argumentNotFound(error: unknown): string | null {
  if (!(error instanceof GraphqlError)) return null;
  const { reason, argument } = error.details;
  return reason === 'NOT_FOUND' && typeof argument === 'string' ? argument : null;
}

async function endInput(snapshot: AskedSnapshot, end: WrittenEnd): Promise<EndInput> {
  switch (end.kind) {
    case 'internet':
      return { internet: true };
    case 'cidr':
      return { cidr: end.cidr };
    case 'namespace':
      return { namespace: end.name };
    case 'pod':
      return { pod: { namespace: end.namespace, name: end.name } };
    case 'workload':
      return end.kindName === null
        ? { workload: { namespace: end.namespace, name: end.name } }
        : { id: await workloadId(snapshot, end) };
  }
}

const WORKLOAD = `query ($id: ID!, $namespace: String!, $name: String!, $kind: WorkloadKind!) {
  snapshot(ref: { id: $id }) {
    workload(namespace: $namespace, name: $name, kind: $kind) { id displayName }
  }
}`;

interface FoundWorkload {
  readonly id: string;
  readonly displayName: string;
}
interface WorkloadData {
  readonly snapshot: { readonly workload: FoundWorkload | null } | null;
}

const DATA = objectOf<WorkloadData>({
  snapshot: orNull(
    objectOf<NonNullable<WorkloadData['snapshot']>>({
      workload: orNull(objectOf<FoundWorkload>({ id: text, displayName: text })),
    }),
  ),
});

/** The API knows the usual kinds apart and takes all others for one, so the name of the kind is looked at. */
async function workloadId(
  { client, id, signal }: AskedSnapshot,
  { namespace, name, kindName }: WrittenWorkload,
): Promise<string> {
  const kind = kindOf(kindName ?? '');
  const variables = { id, namespace, name, kind };
  const question = { document: WORKLOAD, variables, read: readData(DATA) };
  const found = (await askGraphQL(client, question, signal)).snapshot?.workload ?? null;
  const wanted = `${namespace}/${name} (${kindName ?? ''})`;
  if (found?.displayName === wanted) return found.id;
  const other = found === null ? '' : `; of that name there is ${found.displayName}`;
  throw new ClientError(`There is no ${kindName ?? ''} ${namespace}/${name}${other}.`);
}

/** `StatefulSet` is STATEFUL_SET. */
function kindOf(kindName: string): WorkloadKind {
  const word = kindName.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
  return WORKLOAD_KINDS.find((kind) => kind === word) ?? 'OTHER';
}
