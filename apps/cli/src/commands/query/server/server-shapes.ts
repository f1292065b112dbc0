import {
  type Caveat,
  CAVEAT_CODES,
  MAX_PORT,
  MIN_PORT,
  POLICY_KINDS,
  type PolicyKind,
  type PortRange,
  PROTOCOLS,
  type TrafficSet,
} from '@portolan/model';
import { listOf, objectOf, oneOf, orNull, type Shape, text, wholeNumber } from '@portolan/report';

const PORT = wholeNumber(MIN_PORT, MAX_PORT);

/** The selection of traffic, and what comes of it. */
export const TRAFFIC = {
  selection: '{ ranges { protocol from to } }',
  shape: objectOf<{ readonly ranges: TrafficSet }>({
    ranges: listOf(objectOf<PortRange>({ protocol: oneOf(PROTOCOLS), from: PORT, to: PORT })),
  }),
};

/** The selection of caveats. */
export const CAVEATS = {
  selection: '{ code message }',
  shape: listOf(objectOf<Caveat>({ code: oneOf(CAVEAT_CODES), message: text })),
};

/** The end of a row. */
export interface ServerEnd {
  readonly __typename: string;
  readonly displayName: string;
}

/** A rule that let traffic pass. */
export interface ServerRule {
  readonly peerPath: string | null;
  readonly location: { readonly path: string; readonly startLine: number } | null;
  readonly policy: {
    readonly kind: PolicyKind;
    readonly name: string;
    readonly namespace: { readonly name: string } | null;
  };
  readonly rule: { readonly path: string };
}

interface ServerReason {
  readonly rules: readonly ServerRule[];
}

/** A row of an answer. */
export interface ServerRow {
  readonly source: ServerEnd;
  readonly destination: ServerEnd;
  readonly traffic: { readonly ranges: TrafficSet };
  readonly egressReason: ServerReason;
  readonly ingressReason: ServerReason;
}

const END = objectOf<ServerEnd>({ __typename: text, displayName: text });
const NAMED = objectOf<{ readonly name: string }>({ name: text });

const RULE = objectOf<ServerRule>({
  peerPath: orNull(text),
  location: orNull(
    objectOf<NonNullable<ServerRule['location']>>({ path: text, startLine: wholeNumber(1) }),
  ),
  policy: objectOf<ServerRule['policy']>({
    kind: oneOf(POLICY_KINDS),
    name: text,
    namespace: orNull(NAMED),
  }),
  rule: objectOf<ServerRule['rule']>({ path: text }),
});
const REASON = objectOf<ServerReason>({ rules: listOf(RULE) });

/** The selection of a row, and what comes of it. */
export const ROW: { readonly selection: string; readonly shape: Shape<ServerRow> } = {
  selection: `{
    source { __typename displayName }
    destination { __typename displayName }
    traffic ${TRAFFIC.selection}
    egressReason { rules { ...rule } }
    ingressReason { rules { ...rule } }
  }`,
  shape: objectOf<ServerRow>({
    source: END,
    destination: END,
    traffic: TRAFFIC.shape,
    egressReason: REASON,
    ingressReason: REASON,
  }),
};

/** What ROW calls `...rule`. */
export const RULE_FRAGMENT = `fragment rule on RuleMatch {
  peerPath
  location { path startLine }
  policy { kind name namespace { name } }
  rule { path }
}`;
