import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QueryServer } from './query-server.js';

const pod = (name: string, port: number): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: main, ports: [{ containerPort: ${port} }] }] }
`;
/** Lets one pod in, and lets out to nobody but one. */
const policy = (name: string, from: string, port: number): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec:
  podSelector: { matchLabels: { app: ${name} } }
  policyTypes: [Ingress, Egress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: ${from} } } }], ports: [{ port: ${port} }] }]
  egress: [{ to: [{ podSelector: {} }] }]
`;
const MANIFESTS = [
  '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
  pod('web', 80),
  pod('cart', 8080),
  pod('db', 5432),
  pod('safe', 1),
  policy('web', 'nobody', 80),
  policy('cart', 'web', 8080),
  policy('db', 'cart', 5432),
  policy('safe', 'nobody', 1),
].join('');
const WEB = '{ pod: { namespace: "shop", name: "web" } }';

let server: QueryServer;
let id: string;
beforeAll(async () => {
  server = await QueryServer.start();
  id = await server.upload('shop', 'shop.yaml', MANIFESTS);
});
afterAll(() => server.close());

interface Step {
  readonly source: { readonly displayName: string };
  readonly destination: { readonly displayName: string };
  readonly traffic: { readonly text: string };
}
const STEP = '{ source { displayName } destination { displayName } traffic { text } }';
const textOf = ({ source, destination, traffic }: Step): string =>
  `${source.displayName} > ${destination.displayName} ${traffic.text}`;

describe('blastRadius', () => {
  it('goes from hop to hop, as far as it is asked to', async () => {
    const { all, one } = await server.snapshot(
      id,
      `all: blastRadius(source: ${WEB}, maxHops: null) {
        source { displayName } workloadCount share reachesInternet internetHop
        hops { hop workloadCount endpoints { totalCount nodes ${STEP} } }
      }
      one: blastRadius(source: ${WEB}, maxHops: 1) { workloadCount }`,
    );
    expect(all).toMatchObject({
      source: { displayName: 'shop/web' },
      workloadCount: 2,
      share: 2 / 3,
      reachesInternet: false,
      internetHop: null,
    });
    const steps = (all.hops as { endpoints: { nodes: Step[] } }[]).map(({ endpoints }) =>
      endpoints.nodes.map(textOf),
    );
    expect(steps).toEqual([
      ['shop/web > shop/cart (Pod) TCP 8080'],
      ['shop/cart (Pod) > shop/db (Pod) TCP 5432'],
    ]);
    expect(one.workloadCount).toBe(1);
  });

  it('counts only steps by the traffic that is asked about', async () => {
    const { blastRadius } = await server.snapshot(
      id,
      `blastRadius(source: ${WEB}, traffic: { protocol: TCP, port: 8080 }) { workloadCount }`,
    );
    expect(blastRadius.workloadCount).toBe(1);
  });

  it('tells a shortest path, or that there is none', async () => {
    const { blastRadius } = await server.snapshot(
      id,
      `blastRadius(source: ${WEB}) {
        toDatabase: pathTo(target: { pod: { namespace: "shop", name: "db" } }) ${STEP}
        toSafe: pathTo(target: { pod: { namespace: "shop", name: "safe" } }) ${STEP}
        toItself: pathTo(target: ${WEB}) ${STEP}
        toInternet: pathTo(target: { internet: true }) ${STEP}
      }`,
    );
    expect((blastRadius.toDatabase as Step[]).map(textOf)).toEqual([
      'shop/web > shop/cart (Pod) TCP 8080',
      'shop/cart (Pod) > shop/db (Pod) TCP 5432',
    ]);
    expect(blastRadius).toMatchObject({ toSafe: null, toItself: [], toInternet: null });
  });

  it('reaches the internet over a pod that nothing holds back', async () => {
    const open = `${MANIFESTS}${pod('free', 80)}`;
    const snapshot = await server.upload('open', 'shop.yaml', open);
    const { blastRadius } = await server.snapshot(
      snapshot,
      `blastRadius(source: ${WEB}) { internetHop pathTo(target: { internet: true }) ${STEP} }`,
    );
    expect(blastRadius.internetHop).toBe(2);
    expect(blastRadius.pathTo).toHaveLength(2);
    expect(textOf(blastRadius.pathTo[0] as Step)).toBe('shop/web > shop/free (Pod) All');
  });

  it('refuses a number of hops that is none', async () => {
    const refused = await server.refusal(id, `blastRadius(source: ${WEB}, maxHops: 0) { share }`);
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'maxHops' });
  });
});
