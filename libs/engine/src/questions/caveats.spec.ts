import {
  type AccessPage,
  ANY_TRAFFIC,
  type CaveatCode,
  DEFAULT_PEER_SCOPE,
  type EndpointSelection,
  type TrafficQuery,
} from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../../test/support/analyse.js';
import type { Analysis } from '../analysis.js';
import { diffSnapshots } from '../diff/diff-snapshots.js';
import { allowedAccess, exportCaveats } from './allowed-access.js';
import { canReach } from './can-reach.js';
import { reachableFrom, whoCanReach } from './who-can-reach.js';

interface PodPlan {
  readonly labels?: Readonly<Record<string, string>>;
  readonly namespace?: string;
  readonly ip?: string;
  readonly node?: string;
  readonly hostNetwork?: boolean;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
}

function pod(name: string, plan: PodPlan = {}): object {
  const { labels = { app: name }, namespace = 'shop', ip, node, hostNetwork, ports = [] } = plan;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { nodeName: node, hostNetwork, containers: [{ name: 'main', ports }] },
    status: ip === undefined ? {} : { podIP: ip, podIPs: [{ ip }] },
  };
}

function policy(name: string, app: string, spec: object, namespace = 'shop'): object {
  const podSelector = app === '' ? {} : { matchLabels: { app } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: { podSelector, ...spec },
  };
}

const SHOP = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const named = (namespace: string, name: string): EndpointSelection => ({
  kind: 'pod',
  namespace,
  name,
});
const PAGE = { offset: 0, limit: 100 };

async function analyse(...objects: object[]): Promise<Analysis> {
  return (await analyseObjects([SHOP, ...objects])).analysis;
}

function codes(caveats: readonly { readonly code: CaveatCode }[]): CaveatCode[] {
  return caveats.map(({ code }) => code);
}

function ofVerdict(
  analysis: Analysis,
  from: EndpointSelection,
  to: EndpointSelection,
  traffic: TrafficQuery = ANY_TRAFFIC,
): CaveatCode[] {
  const asked = canReach(analysis, { from, to, traffic, isEnforced: true });
  if (!asked.ok) throw new Error(asked.problem.message);
  return codes(asked.answer.caveats);
}

function ofPeers(
  ask: typeof whoCanReach,
  analysis: Analysis,
  endpoint: EndpointSelection,
  traffic: TrafficQuery = ANY_TRAFFIC,
): CaveatCode[] {
  const asked = ask(analysis, {
    endpoint,
    traffic,
    groupBy: 'POD',
    peers: DEFAULT_PEER_SCOPE,
    page: PAGE,
    isExplained: true,
    isEnforced: true,
  });
  if (!asked.ok) throw new Error(asked.problem.message);
  return codes(asked.answer.caveats);
}

function ofAllowed(
  analysis: Analysis,
  from: EndpointSelection | null,
  to: EndpointSelection | null,
): CaveatCode[] {
  const asked = allowedAccess(analysis, {
    from,
    to,
    traffic: ANY_TRAFFIC,
    crossNamespace: false,
    isEnforced: true,
    groupBy: 'POD',
    peers: DEFAULT_PEER_SCOPE,
    page: PAGE,
  });
  if (!asked.ok) throw new Error(asked.problem.message);
  return codes(asked.answer.caveats);
}

const BLOCK = { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/24' } }] }] };
const SHOP_PODS: EndpointSelection = { kind: 'namespace', name: 'shop' };
const INTERNET: EndpointSelection = { kind: 'internet' };

describe('caveats of ipBlocks', () => {
  it('look at every pair, not only at the one that is explained', async () => {
    const analysis = await analyse(
      pod('a', { ip: '10.0.0.1' }),
      pod('b', { ip: '10.1.0.1' }),
      pod('web', { ip: '10.2.0.1' }),
      policy('block', 'web', BLOCK),
    );
    const to = named('shop', 'web');
    expect(ofVerdict(analysis, SHOP_PODS, to)).toContain('IP_BLOCK_MATCHES_PODS');
    expect(ofVerdict(analysis, named('shop', 'b'), to)).not.toContain('IP_BLOCK_MATCHES_PODS');
    expect(ofAllowed(analysis, null, null)).toContain('IP_BLOCK_MATCHES_PODS');
    expect(codes(exportCaveats(analysis, { isEnforced: true }))).toContain('IP_BLOCK_MATCHES_PODS');
  });

  it('tell that an address may be translated, also of what is denied', async () => {
    const analysis = await analyse(pod('web'), policy('block', 'web', BLOCK), pod('db'));
    const web = named('shop', 'web');
    const code = 'SOURCE_ADDRESS_MAY_BE_TRANSLATED';
    expect(ofVerdict(analysis, INTERNET, web)).toContain(code);
    expect(ofPeers(whoCanReach, analysis, web)).toContain(code);
    expect(ofPeers(reachableFrom, analysis, { kind: 'cidr', cidr: '10.0.0.0/24' })).toContain(code);
    expect(ofVerdict(analysis, named('shop', 'db'), web)).not.toContain(code);
    const closed = await analyse(pod('web'), policy('closed', 'web', { policyTypes: ['Ingress'] }));
    expect(ofVerdict(closed, INTERNET, web)).toContain(code);
  });

  it('stand in a diff that finds nothing, too', async () => {
    const one = await analyse(pod('a', { ip: '10.0.0.1' }), policy('block', '', BLOCK));
    const options = {
      namespaces: null,
      includeAddedAndRemovedWorkloads: true,
      groupBy: 'WORKLOAD',
    } as const;
    const diff = diffSnapshots(one, one, options);
    expect(diff.equivalent).toBe(true);
    expect(codes(diff.caveats)).toContain('IP_BLOCK_MATCHES_PODS');
  });
});

describe('caveats of nodes', () => {
  it('tell of any pair that shares a node', async () => {
    const analysis = await analyse(
      pod('agent', { node: 'n1', hostNetwork: true }),
      pod('near', { node: 'n1' }),
      pod('far', { node: 'n2' }),
      policy('closed', '', { policyTypes: ['Ingress'] }),
    );
    const from = named('shop', 'agent');
    const code = 'NODE_LOCAL_ALWAYS_ALLOWED';
    expect(ofVerdict(analysis, from, SHOP_PODS)).toContain(code);
    expect(ofVerdict(analysis, from, named('shop', 'far'))).not.toContain(code);
  });
});

describe('caveats of port names', () => {
  const http = (containerPort: number): NonNullable<PodPlan['ports']> => [
    { name: 'http', containerPort },
  ];
  const admitsHttp = { ingress: [{ ports: [{ port: 'http' }] }] };

  it('tell of names in rules that a subject does not have', async () => {
    const analysis = await analyse(pod('web'), pod('db'), policy('named', 'web', admitsHttp));
    const code = 'NAMED_PORT_UNRESOLVED';
    expect(ofPeers(whoCanReach, analysis, named('shop', 'web'))).toContain(code);
    expect(ofPeers(whoCanReach, analysis, named('shop', 'db'))).not.toContain(code);
    // One of all destinations.
    expect(ofPeers(reachableFrom, analysis, named('shop', 'db'))).toContain(code);
    expect(ofAllowed(analysis, null, named('shop', 'web'))).toContain(code);
    expect(codes(exportCaveats(analysis, { isEnforced: true }))).toContain(code);
  });

  it('tell of names in egress rules, where the rule selects the destination', async () => {
    const to = [{ podSelector: { matchLabels: { app: 'db' } } }];
    const analysis = await analyse(
      pod('web', { ports: [] }),
      pod('db'),
      pod('dns'),
      policy('egress', 'web', {
        policyTypes: ['Egress'],
        egress: [{ to, ports: [{ port: 'sql' }] }],
      }),
    );
    const code = 'NAMED_PORT_UNRESOLVED';
    expect(ofVerdict(analysis, named('shop', 'web'), named('shop', 'db'))).toContain(code);
    expect(ofPeers(whoCanReach, analysis, named('shop', 'db'))).toContain(code);
    expect(ofPeers(whoCanReach, analysis, named('shop', 'dns'))).not.toContain(code);
  });

  it('tell of names with several numbers on the pods that a rule selects', async () => {
    const to = [{ podSelector: { matchExpressions: [{ key: 'web', operator: 'Exists' }] } }];
    const egress = [{ to, ports: [{ port: 'http' }] }];
    const analysis = await analyse(
      pod('client'),
      pod('one', { labels: { web: '1' }, ports: http(80) }),
      pod('two', { labels: { web: '2' }, ports: http(8080) }),
      policy('named', 'client', { policyTypes: ['Egress'], egress }),
    );
    const [client, code] = [named('shop', 'client'), 'NAMED_PORT_AMBIGUOUS'];
    expect(ofPeers(reachableFrom, analysis, client)).toContain(code);
    expect(ofVerdict(analysis, client, named('shop', 'one'))).not.toContain(code);
  });

  it('tell of an asked name that no pod has', async () => {
    const analysis = await analyse(pod('web', { ports: http(80) }), pod('db', { ports: http(81) }));
    const asked = (portName: string): TrafficQuery => ({ ...ANY_TRAFFIC, portName });
    const db = named('shop', 'db');
    expect(ofPeers(reachableFrom, analysis, db, asked('nope'))).toContain('NAMED_PORT_UNRESOLVED');
    const found = ofPeers(reachableFrom, analysis, db, asked('http'));
    expect(found).not.toContain('NAMED_PORT_UNRESOLVED');
    expect(found).toContain('NAMED_PORT_AMBIGUOUS');
  });
});

describe('caveats of namespaces that are not declared', () => {
  it('tell of them on either side', async () => {
    const from = [{ namespaceSelector: { matchLabels: { team: 'a' } } }];
    const analysis = await analyse(
      pod('web'),
      pod('stranger', { namespace: 'other' }),
      policy('team', 'web', { ingress: [{ from }] }),
    );
    const code = 'NAMESPACE_NOT_DECLARED';
    expect(ofPeers(whoCanReach, analysis, named('shop', 'web'))).toContain(code);
    expect(ofPeers(reachableFrom, analysis, named('other', 'stranger'))).toContain(code);
    expect(ofPeers(reachableFrom, analysis, named('shop', 'web'))).not.toContain(code);
    expect(ofAllowed(analysis, named('other', 'stranger'), null)).toContain(code);
  });
});

describe('a question that does not ask why', () => {
  it('has the same rows, without reasons and caveats', async () => {
    const analysis = await analyse(
      pod('a', { ip: '10.0.0.1' }),
      pod('web', { ip: '10.2.0.1' }),
      policy('block', 'web', BLOCK),
    );
    const ask = (isExplained: boolean): AccessPage => {
      const asked = whoCanReach(analysis, {
        endpoint: named('shop', 'web'),
        traffic: ANY_TRAFFIC,
        groupBy: 'POD',
        peers: DEFAULT_PEER_SCOPE,
        page: PAGE,
        isExplained,
        isEnforced: true,
      });
      if (!asked.ok) throw new Error(asked.problem.message);
      return asked.answer;
    };
    const { rows, totalCount, caveats } = ask(false);
    const explained = ask(true);
    const why = { egressReason: null, ingressReason: null, caveats: [] };
    expect(rows).toEqual(explained.rows.map((row) => ({ ...row, ...why })));
    expect({ totalCount, caveats }).toEqual({ totalCount: explained.totalCount, caveats: [] });
    expect(explained.caveats).not.toEqual([]);
  });
});
