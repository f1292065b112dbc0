import {
  type ExposuresQuestion,
  type PolicySwitches,
  formatTraffic,
  type LabelSelector,
} from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../../../test/support/analyse.js';
import { exposures } from './exposures.js';
import { routes } from './routes.js';

const POD = (name: string, labels: string, spec = ''): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { ${labels} } }
spec: { ${spec} containers: [{ name: c }] }
`;
const DENY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: door } } }] }] }
`;
const PUBLISHED = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`;
const QUESTION: ExposuresQuestion = {
  direction: 'INGRESS',
  atLeast: 'INTERNET',
  namespaces: null,
  published: null,
  isolated: null,
  ingressControllers: null,
  isEnforced: true,
  page: { offset: 0, limit: 10 },
};

async function ask(
  texts: readonly string[],
  question: Partial<ExposuresQuestion> = {},
  switches: Partial<PolicySwitches> = {},
) {
  const files = [{ path: 'a.yaml', text: texts.join('---') }];
  const { analysis } = await analyseFiles(files, switches);
  const asked = exposures(analysis, { ...QUESTION, ...question });
  if (!asked.ok) throw new Error(asked.problem.message);
  const { rows, totalCount, caveats } = asked.answer;
  const nameOf = (workload: number): string => analysis.view.workloadIdentity(workload).name;
  return {
    analysis,
    totalCount,
    codes: caveats.map(({ code }) => code),
    rows: rows.map(({ workload, level, direction, traffic, paths }) => ({
      row: `${nameOf(workload)} ${direction} ${level} ${formatTraffic(traffic)}`,
      paths: paths.map(
        ({ kind, status, controller }) =>
          `${kind} ${status}${controller === null ? '' : ` ${nameOf(controller)}`}`,
      ),
    })),
  };
}

const labelled = (app: string): LabelSelector => [{ key: 'app', operator: 'In', values: [app] }];

describe('exposures', () => {
  it('are of given ingress controllers where some are given', async () => {
    const texts = [POD('web', 'app: web'), POD('door', 'app: door'), DENY, PUBLISHED];
    const unknown = await ask(texts);
    expect(unknown.rows.at(-1)).toEqual({
      row: 'web INGRESS INTERNET None',
      paths: ['INGRESS UNKNOWN'],
    });
    expect(unknown.codes).toContain('INGRESS_CONTROLLER_UNKNOWN');
    const given = [{ namespaces: null, pods: labelled('door') }];
    const known = await ask(texts, { ingressControllers: given });
    expect(known.rows.at(-1)).toEqual({
      row: 'web INGRESS INTERNET TCP 80',
      paths: ['INGRESS OPEN door'],
    });
    expect(known.codes).not.toContain('INGRESS_CONTROLLER_UNKNOWN');
    const page = { offset: 0, limit: 10 };
    const asked = routes(known.analysis, {
      namespace: 'shop',
      only: null,
      ingressControllers: given,
      isEnforced: true,
      page,
    });
    expect(asked.ok && asked.answer.rows.map(({ status }) => status)).toEqual(['OPEN']);
  });

  it('know that a controller in the network of a node reaches the pods of that node', async () => {
    const nginx = 'app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller';
    const paths = async (node: string, switches?: Partial<PolicySwitches>): Promise<unknown> => {
      const texts = [
        POD('web', 'app: web', 'nodeName: n1,'),
        POD('nginx', nginx, `nodeName: ${node}, hostNetwork: true,`),
        DENY,
        PUBLISHED,
      ];
      return (await ask(texts, {}, switches)).rows.at(-1)!.paths;
    };
    expect(await paths('n1')).toEqual(['INGRESS OPEN nginx']);
    expect(await paths('n2')).toEqual(['INGRESS BLOCKED nginx']);
    // Where the network plugin lets policies decide about that as well.
    expect(await paths('n1', { allowNodeToLocalPods: false })).toEqual(['INGRESS BLOCKED nginx']);
    expect(await paths('n1', { hostNetworkPods: 'POD' })).toEqual(['INGRESS BLOCKED nginx']);
  });

  it('are everything where nothing enforces policies', async () => {
    const found = await ask([POD('web', 'app: web'), DENY], { isEnforced: false });
    expect(found.rows).toEqual([
      { row: 'web INGRESS INTERNET All', paths: ['DIRECT_ADDRESS OPEN'] },
    ]);
    expect((await ask([POD('web', 'app: web'), DENY])).rows).toEqual([]);
  });

  it('serve an Ingress by the controller of its class', async () => {
    const known = (name: string): string =>
      `app.kubernetes.io/name: ${name}, app.kubernetes.io/component: controller`;
    const texts = [
      POD('web', 'app: web'),
      POD('nginx', known('ingress-nginx')),
      POD('traefik', known('traefik')),
    ];
    const paths = async (text: string): Promise<readonly string[]> =>
      (await ask([...texts, text])).rows.at(-1)!.paths;
    const withClass = (name: string): string =>
      PUBLISHED.replace('{ defaultBackend', `{ ingressClassName: ${name}, defaultBackend`);
    expect(await paths(withClass('traefik'))).toContain('INGRESS OPEN traefik');
    expect(await paths(withClass('traefik'))).not.toContain('INGRESS OPEN nginx');
    expect(await paths(withClass('own'))).toEqual(
      expect.arrayContaining(['INGRESS OPEN traefik', 'INGRESS OPEN nginx']),
    );
  });

  it('are filtered, and paged in one order', async () => {
    const texts = [POD('web', 'app: web'), POD('db', 'app: db'), DENY, PUBLISHED];
    const rows = async (question: Partial<ExposuresQuestion>): Promise<string[]> =>
      (await ask(texts, question)).rows.map(({ row }) => row);
    expect(await rows({ published: true })).toEqual(['web INGRESS INTERNET None']);
    expect(await rows({ isolated: false })).toEqual(['db INGRESS INTERNET All']);
    expect(await rows({ isolated: true })).toEqual(['web INGRESS INTERNET None']);
    expect(await rows({ namespaces: ['none'] })).toEqual([]);
    const all = await ask(texts, { direction: null, atLeast: 'ENTIRE_CLUSTER' });
    const pages = await Promise.all(
      [0, 4, 8].map((offset) =>
        ask(texts, { direction: null, atLeast: 'ENTIRE_CLUSTER', page: { offset, limit: 4 } }),
      ),
    );
    expect(pages.flatMap((page) => page.rows).slice(0, 10)).toEqual(all.rows);
    expect(new Set(pages.map(({ totalCount }) => totalCount))).toEqual(new Set([all.totalCount]));
  });

  it('tell that the domain names of a rule are not resolved', async () => {
    const policy = `
apiVersion: policy.networking.k8s.io/v1alpha2
kind: ClusterNetworkPolicy
metadata: { name: p }
spec:
  tier: Admin
  priority: 1
  subject: { namespaces: {} }
  egress: [{ action: Accept, to: [{ domainNames: [example.com] }] }]
`;
    const { codes } = await ask([POD('web', 'app: web'), policy], { direction: 'EGRESS' });
    expect(codes).toContain('DOMAIN_NAMES_NOT_RESOLVED');
  });
});
