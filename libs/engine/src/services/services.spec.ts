import {
  ANY_TRAFFIC,
  DEFAULT_PEER_SCOPE,
  type EndpointSelection,
  formatTraffic,
  type TrafficQuery,
} from '@portolan/model';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../../test/support/analyse.js';
import type { Analysis } from '../analysis.js';
import { listServices } from '../lists/list-services.js';
import { allowedAccess } from '../questions/allowed-access.js';
import { canReach } from '../questions/can-reach.js';
import { isCheap } from '../questions/is-cheap.js';
import { reachableFrom, whoCanReach } from '../questions/who-can-reach.js';
import { describeService, servicesOfWorkload } from './describe-service.js';

const MANIFESTS = `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web-old, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: c, ports: [{ name: http, containerPort: 8000 }] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: web-bare, namespace: shop, labels: { app: web, version: bare } }
spec: { containers: [{ name: c }] }
---
apiVersion: v1
kind: Pod
metadata: { name: done, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: c }] }
status: { phase: Succeeded }
---
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: shop, labels: { app: client } }
spec: { containers: [{ name: c }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  clusterIP: 10.96.0.7
  selector: { app: web }
  ports: [{ name: main, port: 80, targetPort: http }, { name: admin, port: 81, targetPort: 9000 }]
---
apiVersion: v1
kind: Service
metadata: { name: outside, namespace: lab }
spec: { ports: [{ port: 80 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: outside-1, namespace: lab, labels: { kubernetes.io/service-name: outside } }
addressType: IPv4
endpoints: [{ addresses: [192.0.2.1] }]
ports: [{ port: 8443 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8080 }, { port: 81 }] }]
`;

const WEB: EndpointSelection = { kind: 'service', namespace: 'shop', name: 'web' };
const OUTSIDE: EndpointSelection = { kind: 'service', namespace: 'lab', name: 'outside' };
const CLIENT: EndpointSelection = { kind: 'pod', namespace: 'shop', name: 'client' };

let analysis: Analysis;
beforeAll(async () => {
  ({ analysis } = await analyseFiles([{ path: 'shop.yaml', text: MANIFESTS }]));
});

const tcp = (port: number): TrafficQuery => ({ ...ANY_TRAFFIC, protocol: 'TCP', port });

function reach(to: EndpointSelection, traffic: TrafficQuery, from = CLIENT) {
  const asked = canReach(analysis, { from, to, traffic, isEnforced: true });
  if (!asked.ok) throw new Error(asked.problem.message);
  return asked.answer;
}

function refusal(to: EndpointSelection, traffic: TrafficQuery): string {
  const asked = canReach(analysis, { from: CLIENT, to, traffic, isEnforced: true });
  return asked.ok
    ? ''
    : `${asked.problem.code} ${asked.problem.argument}: ${asked.problem.message}`;
}

function peers(question: typeof whoCanReach, endpoint: EndpointSelection, traffic = ANY_TRAFFIC) {
  const scope = { ...DEFAULT_PEER_SCOPE, external: false };
  const page = { offset: 0, limit: 100 };
  const asked = question(analysis, {
    endpoint,
    traffic,
    groupBy: 'POD',
    peers: scope,
    page,
    isExplained: true,
    isEnforced: true,
  });
  if (!asked.ok) throw new Error(asked.problem.message);
  return asked.answer.rows.map(({ source, destination, traffic: found }) => {
    const names = [source, destination].map((ref) => ('name' in ref ? ref.name : ref.kind));
    return `${names.join(' → ')} ${formatTraffic(found)}`;
  });
}

describe('a Service as a destination', () => {
  it('is judged on the ports of each pod', () => {
    const { verdict, allowed, denied } = reach(WEB, tcp(80));
    expect([verdict, formatTraffic(allowed), formatTraffic(denied)]).toEqual([
      'PARTIAL',
      'TCP 8080',
      'TCP 8000',
    ]);
  });

  it('says which names pods do not have, and which have several numbers', () => {
    const codes = reach(WEB, tcp(80)).caveats.map(({ code }) => code);
    expect(codes).toEqual(['NAMED_PORT_AMBIGUOUS', 'NAMED_PORT_UNRESOLVED']);
    expect(reach(WEB, tcp(81)).caveats).toEqual([]);
  });

  it('takes the names of its own ports, ranges, and all of them', () => {
    const asked = (query: Partial<TrafficQuery>): string => {
      const { allowed, denied } = reach(WEB, { ...ANY_TRAFFIC, ...query });
      return `${formatTraffic(allowed)} / ${formatTraffic(denied)}`;
    };
    expect(asked({ portName: 'admin' })).toBe('None / TCP 9000');
    expect(asked({ port: 1, endPort: 80 })).toBe('TCP 8080 / TCP 8000');
    expect(asked({})).toBe('TCP 8080 / TCP 8000,9000');
    expect(reach(WEB, { ...ANY_TRAFFIC, protocol: 'OTHER' }).verdict).toBe('UNKNOWN');
  });

  it('names the ports that it has to who asks about another', () => {
    const message = 'INVALID traffic: Service shop/web has no such port.';
    expect(refusal(WEB, tcp(8080))).toBe(
      `${message} It has main TCP 80 (to http), admin TCP 81 (to 9000).`,
    );
    expect(refusal(WEB, { ...ANY_TRAFFIC, portName: 'http' })).toContain(message);
    expect(refusal({ ...WEB, name: 'wep' }, tcp(80))).toContain('NOT_FOUND to');
  });

  it('tells rules that are about the port of the Service', () => {
    const { ingress } = reach(WEB, tcp(81)).explanation;
    expect(ingress.nearMisses.map(({ reason }) => reason)).toEqual(['SERVICE_PORT_USED']);
    const [byPod] = reach({ kind: 'pod', namespace: 'shop', name: 'web' }, tcp(9000)).explanation
      .ingress.nearMisses;
    expect(byPod?.detail).toContain('port admin TCP 81 of Service shop/web');
  });

  it('has rows in ports of the pods', () => {
    expect(peers(whoCanReach, WEB, tcp(80))).toContain('client → web TCP 8080');
    const asked = allowedAccess(analysis, {
      from: CLIENT,
      to: WEB,
      traffic: tcp(80),
      crossNamespace: false,
      groupBy: 'POD',
      peers: DEFAULT_PEER_SCOPE,
      page: { offset: 0, limit: 10 },
      isEnforced: true,
    });
    const rows = asked.ok ? asked.answer.rows : [];
    expect(rows.map(({ traffic }) => formatTraffic(traffic))).toEqual(['TCP 8080']);
  });

  it('may be outside the cluster', () => {
    const { verdict, allowed } = reach(OUTSIDE, tcp(80));
    expect([verdict, formatTraffic(allowed)]).toEqual(['ALLOWED', 'TCP 8443']);
  });

  it('is not its address', () => {
    const { caveats } = reach({ kind: 'cidr', cidr: '10.96.0.0/16' }, tcp(80));
    expect(caveats.map(({ code }) => code)).toContain('SERVICE_ADDRESS');
    const other = reach({ kind: 'cidr', cidr: '10.97.0.0/16' }, tcp(80)).caveats;
    expect(other.map(({ code }) => code)).not.toContain('SERVICE_ADDRESS');
  });
});

describe('a Service as a source', () => {
  it('means its pods', () => {
    expect(reach(CLIENT, tcp(1), WEB).verdict).toBe('ALLOWED');
    expect(peers(reachableFrom, WEB, tcp(1))).toEqual(['web → client TCP 1']);
  });
});

describe('Services', () => {
  it('are described, and found from their workloads', () => {
    const { view } = analysis;
    const web = view.services.find(view.findNamespace('shop'), 'web');
    const { workloads, ports } = describeService(analysis, web);
    expect(workloads.map((one) => view.workloadIdentity(one).name)).toEqual([
      'web',
      'web-bare',
      'web-old',
    ]);
    expect(ports.map(({ podPorts }) => podPorts)).toEqual([[8000, 8080], [9000]]);
    expect(servicesOfWorkload(analysis, workloads[0]!)).toEqual([web]);
    const [client] = view.findWorkloads('shop', 'client');
    expect(servicesOfWorkload(analysis, client!)).toEqual([]);
    const outside = view.services.find(view.findNamespace('lab'), 'outside');
    expect(describeService(analysis, outside).addresses).toEqual(['192.0.2.1']);
  });

  it('are listed by namespace and name', () => {
    expect(listServices(analysis, null)).toEqual([0, 1]);
    expect(listServices(analysis, 'shop')).toEqual([1]);
    expect(listServices(analysis, 'none')).toEqual([]);
  });

  it('are cheap to ask about in a small snapshot', () => {
    const question = { from: CLIENT, to: WEB, traffic: tcp(80), isEnforced: true };
    expect(isCheap(analysis, question)).toBe(true);
    expect(isCheap(analysis, { ...question, to: OUTSIDE })).toBe(true);
    expect(isCheap(analysis, { ...question, to: { ...WEB, name: 'none' } })).toBe(true);
  });
});
