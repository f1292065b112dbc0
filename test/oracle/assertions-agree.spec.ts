import { checkAssertion, PUBLIC_CIDRS } from '@portolan/engine';
import { readSelectorField } from '@portolan/manifests';
import {
  type AccessAssertion,
  type AssertedEnd,
  ASSERTION_KINDS,
  type EndpointRef,
  formatTraffic,
  type LabelSelector,
  type OffenceList,
} from '@portolan/model';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { contains, readNetwork, writeAddress } from './addresses.js';
import { arbitraryAssertion, type AssertionPlan, type EndPlan } from './arbitrary-assertion.js';
import { arbitraryCluster } from './arbitrary-cluster.js';
import { type ReadObjects, withSwitches } from './arbitrary-switches.js';
import { type Cluster, readCluster } from './cluster.js';
import { Disagreement, same } from './engine-agreement/disagreement.js';
import { refKey } from './engine-agreement/names.js';
import { ExpectedAccess } from './expected-access.js';
import { type Expected, expectAssertion } from './expected-assertion.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';
import type { Selector } from './kubernetes.js';

const RUNS = runCount(300);
const ASSERTIONS = 6;
/** Which of the answers come up, for an oracle that agrees on nothing but one of them proves little. */
const seen = new Map<string, number>();

interface Asserted {
  readonly read: ReadObjects;
  readonly plans: readonly AssertionPlan[];
}

const arbitraryAsserted: fc.Arbitrary<Asserted> = fc.record({
  read: withSwitches(arbitraryCluster),
  plans: fc.array(arbitraryAssertion, { minLength: ASSERTIONS, maxLength: ASSERTIONS }),
});

describe(`engine and oracle on ${RUNS * ASSERTIONS} assertions about ${RUNS} clusters (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  it(
    'agree on what breaks them, what may, and what asserts nothing',
    async () => {
      const options = { runs: RUNS, seed: seed() };
      await checkGenerated(arbitraryAsserted, options, show, compare);
    },
    timeFor(RUNS),
  );

  afterAll(() => {
    if (RUNS < 100) return;
    // What is not known takes a rule of domain names, which few clusters have.
    for (const status of ['holds', 'broken', 'vacuous'])
      for (const kind of ASSERTION_KINDS)
        expect(seen.get(`${kind} ${status}`) ?? 0, `${kind} ${status}`).toBeGreaterThan(0);
    const unknown = [...seen].filter(([key]) => key.endsWith(' unknown'));
    expect(unknown.length).toBeGreaterThan(0);
  });
});

async function compare({ read: { objects, switches }, plans }: Asserted): Promise<void> {
  const { analysis } = await analyseObjects(objects, switches);
  const access = new ExpectedAccess(readCluster(objects, switches));
  const strictSwitches = { ...switches, allowNodeToLocalPods: false };
  const strict = new ExpectedAccess(readCluster(objects, strictSwitches));
  for (const plan of plans) {
    const wanted = expectAssertion(access, strict, { plan, internet: PUBLIC_CIDRS });
    const found = checkAssertion(analysis, assertionOf(plan, access.cluster));
    const what = `${plan.kind} ${JSON.stringify(plan)}`;
    same(`${what}: vacuous`, found.isVacuous, wanted.isVacuous);
    compareList(`${what}: broken`, found.broken, wanted.broken, plan.kind !== 'MUST_REACH');
    compareList(`${what}: unknown`, found.unknown, wanted.unknown, false);
    const status = found.isVacuous
      ? 'vacuous'
      : found.broken.count > 0
        ? 'broken'
        : found.unknown.count > 0
          ? 'unknown'
          : 'holds';
    const key = `${plan.kind} ${status}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
}

function compareList(
  what: string,
  found: OffenceList,
  wanted: Expected,
  isByTraffic: boolean,
): void {
  same(`${what}: any`, found.count > 0, wanted.pods.size + wanted.outside.size > 0);
  same(`${what}: counted`, found.isCountComplete, true);
  // More than are listed: the first of them are told.
  if (found.count > found.listed.length) return;
  const pods = found.listed.filter((one) => !isOutside(one.source) && !isOutside(one.destination));
  same(
    `${what}: pods`,
    pods.map(({ source, destination, traffic, directions }) =>
      source === null
        ? `${refKey(destination)}: ${directions.join()}`
        : `${refKey(source)} → ${refKey(destination)}: ${formatTraffic(traffic)}`,
    ),
    [...wanted.pods].map(([key, text]) => `${key}: ${text}`),
  );
  const outside = found.listed.filter((one) => !pods.includes(one));
  const keyOf = ({ source, destination }: (typeof outside)[number]): string =>
    isOutside(source) ? `INGRESS ${refKey(destination)}` : `EGRESS ${refKey(source!)}`;
  same(`${what}: outside`, [...new Set(outside.map(keyOf))], [...wanted.outside.keys()]);
  for (const [key, rows] of wanted.outside)
    for (const { address, traffic } of rows) {
      const own = outside.filter(
        (one) => keyOf(one) === key && cidrsOf(one).some((cidr) => contains(cidr, address)),
      );
      same(`${what}: ${key}, rows of ${writeAddress(address)}`, own.length, 1);
      if (isByTraffic)
        same(
          `${what}: ${key}, traffic of ${writeAddress(address)}`,
          formatTraffic(own[0]!.traffic),
          traffic,
        );
    }
}

function isOutside(ref: EndpointRef | null): boolean {
  return ref?.kind === 'external';
}

function cidrsOf({ source, destination }: OffenceList['listed'][number]) {
  return [source, destination].flatMap((ref) =>
    ref?.kind === 'external' ? ref.cidrs.map((cidr) => readNetwork(cidr)!) : [],
  );
}

function assertionOf(
  { kind, from, to, traffic }: AssertionPlan,
  cluster: Cluster,
): AccessAssertion {
  const ends = (plans: readonly EndPlan[]): AssertedEnd[] =>
    plans.map((plan) => endOf(plan, cluster));
  return { kind, from: ends(from), to: ends(to), traffic };
}

function endOf(end: EndPlan, cluster: Cluster): AssertedEnd {
  switch (end.is) {
    case 'workload': {
      const { namespace = 'nowhere', owner = null } = cluster.pods[end.pod] ?? {};
      const kind = end.hasKind ? (owner?.kind ?? 'Nothing') : null;
      return { is: 'workload', namespace, name: owner?.name ?? 'nothing', kind };
    }
    case 'namespace':
    case 'internet':
      return end;
    case 'pods':
      return {
        is: 'pods',
        namespaces: end.namespaces === null ? null : selectorOf(end.namespaces),
        pods: selectorOf(end.pods),
      };
    case 'cidr':
      return { is: 'addresses', cidrs: [end.cidr] };
  }
}

function selectorOf(selector: Selector): LabelSelector {
  const read = readSelectorField(selector, []);
  if (!read.ok) throw new Disagreement(JSON.stringify(read.faults));
  return read.selector;
}

function show({ read, plans }: Asserted): string {
  return `# ${JSON.stringify(read.switches)}\n# ${JSON.stringify(plans)}\n${showObjects(read.objects)}`;
}
