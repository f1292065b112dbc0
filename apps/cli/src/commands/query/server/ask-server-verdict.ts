import { askGraphQL, ClientError } from '@portolan/client';
import type { Caveat, TrafficSet, Verdict } from '@portolan/model';
import { objectOf, oneOf, orNull, text } from '@portolan/report';
import { readData } from '../../../server/read-data.js';
import type { ConnectionFacts, ConnectionQuery } from '../questions.js';
import { askAboutEnds, type AskedSnapshot } from './server-ends.js';
import { CAVEATS, TRAFFIC } from './server-shapes.js';

const DOCUMENT = `query ($id: ID!, $from: EndpointInput!, $to: EndpointInput!, $traffic: TrafficInput!, $assumeEnforced: Boolean!) {
  snapshot(ref: { id: $id }) {
    canReach(from: $from, to: $to, traffic: $traffic, assumeEnforced: $assumeEnforced) {
      from
      to
      verdict
      allowed ${TRAFFIC.selection}
      denied ${TRAFFIC.selection}
      unknown ${TRAFFIC.selection}
      explanation { text }
      caveats ${CAVEATS.selection}
    }
  }
}`;

interface Ranges {
  readonly ranges: TrafficSet;
}
interface ServerVerdict {
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
  readonly allowed: Ranges;
  readonly denied: Ranges;
  readonly unknown: Ranges;
  readonly explanation: { readonly text: string };
  readonly caveats: readonly Caveat[];
}
interface VerdictData {
  readonly snapshot: { readonly canReach: ServerVerdict } | null;
}

const DATA = objectOf<VerdictData>({
  snapshot: orNull(
    objectOf<NonNullable<VerdictData['snapshot']>>({
      canReach: objectOf<ServerVerdict>({
        from: text,
        to: text,
        verdict: oneOf(['ALLOWED', 'DENIED', 'PARTIAL', 'UNKNOWN']),
        allowed: TRAFFIC.shape,
        denied: TRAFFIC.shape,
        unknown: TRAFFIC.shape,
        explanation: objectOf<ServerVerdict['explanation']>({ text }),
        caveats: CAVEATS.shape,
      }),
    }),
  ),
});

/** Whether a connection passes in a snapshot. @throws ClientError */
export function askServerVerdict(
  snapshot: AskedSnapshot,
  { from, to, traffic }: ConnectionQuery,
  assumeEnforced: boolean,
): Promise<ConnectionFacts> {
  const { client, id, signal } = snapshot;
  return askAboutEnds(snapshot, { from: from.end, to: to.end }, async (ends) => {
    const variables = { id, ...ends, traffic, assumeEnforced };
    const question = { document: DOCUMENT, variables, read: readData(DATA) };
    const data = await askGraphQL(client, question, signal);
    if (data.snapshot === null) throw new ClientError(`Snapshot ${id} is gone.`);
    const { allowed, denied, unknown, explanation, ...said } = data.snapshot.canReach;
    return {
      from: said.from,
      to: said.to,
      verdict: said.verdict,
      allowed: allowed.ranges,
      denied: denied.ranges,
      unknown: unknown.ranges,
      explanation: explanation.text,
      caveats: said.caveats,
    };
  });
}
