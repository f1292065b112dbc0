import {
  Analysis,
  buildIndex,
  comparePermissions,
  diffSnapshots,
  type PermissionKind,
  type PermissionRelation,
} from '@portolan/engine';
import {
  type Direction,
  formatTraffic,
  type LaidPolicies,
  layPolicies,
  type PolicySwitches,
  type TrafficSet,
} from '@portolan/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { type Address, contains, readNetwork, writeAddress } from './addresses.js';
import { arbitraryCluster } from './arbitrary-cluster.js';
import { withSwitches } from './arbitrary-switches.js';
import { arbitraryTwoSets, isPolicy, type TwoSets } from './arbitrary-two-sets.js';
import { type Cluster, readCluster } from './cluster.js';
import { same } from './engine-agreement/disagreement.js';
import { refKey, workloadKey } from './engine-agreement/names.js';
import { differentPairs, ExpectedAccess, type Probe, union } from './expected-access.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';
import type { KubernetesObject } from './kubernetes.js';
import { both, isGoverned, type Side, side } from './oracle.js';
import { domainNames, externalAddresses, trafficOf } from './sample-points.js';
import type { Pod } from './workloads.js';

const RUNS = Math.ceil(runCount(2_000) / 20);
const KINDS: readonly PermissionKind[] = ['PERMITS', 'FORBIDS'];
const OPTIONS = {
  namespaces: null,
  includeAddedAndRemovedWorkloads: true,
  groupBy: 'WORKLOAD',
} as const;

describe(`permissions and oracle on ${RUNS} generated clusters (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  it(
    'agree on what one policy set explicitly permits and another one does or does not allow',
    async () => {
      const seen = { pairs: 0, addresses: 0, holds: 0, fails: 0 };
      await checkGenerated(
        withSwitches(arbitraryTwoSets),
        { runs: RUNS, seed: seed() },
        ({ objects: { a, b }, switches }) =>
          `# ${JSON.stringify(switches)}\n# a\n${showObjects(a)}\n# b\n${showObjects(b)}`,
        ({ objects, switches }) => compare(objects, switches, seen),
      );
      // So that agreement means something.
      expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(RUNS / 10);
    },
    timeFor(3 * RUNS),
  );

  it(
    'lay policies of one cluster on the pods of another as if they were written there',
    async () => {
      await checkGenerated(
        fc.record({ there: arbitraryCluster, here: arbitraryCluster }),
        { runs: Math.ceil(RUNS / 2), seed: seed() },
        ({ there, here }) => `# there\n${showObjects(there)}\n# here\n${showObjects(here)}`,
        async ({ there, here }) => {
          await sameAsWritten(there, here, 'INSTEAD');
          await sameAsWritten(there, here, 'BESIDE');
        },
      );
    },
    timeFor(3 * RUNS),
  );
});

interface Seen {
  pairs: number;
  addresses: number;
  holds: number;
  fails: number;
}

async function compare({ a, b }: TwoSets, switches: PolicySwitches, seen: Seen): Promise<void> {
  const [one, other] = [await analyseObjects(a, switches), await analyseObjects(b, switches)];
  const [inA, inB] = [readCluster(a, switches), readCluster(b, switches)];
  const expected = new ExpectedPermissions(inA, inB);
  for (const kind of KINDS) {
    const found = comparePermissions(one.analysis, other.analysis, kind);
    expected.kind = kind;
    comparePods(found, expected, seen);
    compareAddresses(found, expected, seen);
    same(`${kind} holds`, found.holds, found.counterexampleCount === 0);
    if (found.holds) seen.holds++;
    else seen.fails++;
  }
}

/** What two pods, or a pod and an address, are explicitly permitted by one set, and allowed by the other: the probes. */
interface Permitted {
  readonly explicit: readonly Probe[];
  readonly passing: ReadonlySet<Probe>;
}

/** What the definition says, pod by pod and port by port. */
class ExpectedPermissions {
  kind: PermissionKind = 'PERMITS';
  readonly workloads: ReadonlyMap<string, { readonly inA: Pod[]; readonly inB: Pod[] }>;
  readonly addresses: readonly Address[];
  readonly #inA: ExpectedAccess;
  readonly #inB: ExpectedAccess;
  readonly #names: readonly string[];
  readonly #known = new Map<string, readonly Permitted[]>();

  constructor(
    private readonly a: Cluster,
    private readonly b: Cluster,
  ) {
    this.#inA = new ExpectedAccess(a, [b]);
    this.#inB = new ExpectedAccess(b, [a]);
    const addresses = [a, b].flatMap(externalAddresses);
    this.addresses = [...new Map(addresses.map((one) => [writeAddress(one), one])).values()];
    this.#names = domainNames([a, b]);
    const workloads = new Map<string, { inA: Pod[]; inB: Pod[] }>();
    for (const [i, pod] of b.pods.entries()) {
      const known = workloads.get(workloadKey(pod)) ?? { inA: [], inB: [] };
      workloads.set(workloadKey(pod), known);
      known.inA.push(a.pods[i]!);
      known.inB.push(pod);
    }
    this.workloads = workloads;
  }

  /** What breaks the relation between some pair of pods. */
  between(source: string, destination: string): TrafficSet {
    return this.#broken(`${source} → ${destination}`, () => {
      const [from, to] = [this.workloads.get(source)!, this.workloads.get(destination)!];
      return differentPairs(from.inB, to.inB).map(([one, other]) => {
        const s = from.inA[from.inB.indexOf(one as Pod)]!;
        const d = to.inA[to.inB.indexOf(other as Pod)]!;
        const egress = this.#inA.sides('EGRESS', s, d);
        const ingress = this.#inA.sides('INGRESS', s, d);
        const [leaving, entering] = [
          this.#inB.sides('EGRESS', one, other),
          this.#inB.sides('INGRESS', one, other),
        ];
        return {
          explicit: this.#probes.filter((_, i) => {
            const sides = [egress[i]!, ingress[i]!];
            return sides.every((x) => isExplicit(x) || isSilent(x)) && sides.some(isExplicit);
          }),
          passing: new Set(
            this.#probes.filter((_, i) => both(leaving[i]!, entering[i]!) === 'ALLOWED'),
          ),
        };
      });
    });
  }

  /** The same between some pod and an address, whatever domain name that has. */
  withAddress(workload: string, direction: Direction, address: Address): TrafficSet {
    return this.#broken(`${direction} ${workload} ${writeAddress(address)}`, () => {
      const { inA, inB } = this.workloads.get(workload)!;
      const names = direction === 'EGRESS' ? [null, ...this.#names] : [null];
      return inA.flatMap((pod, i) => {
        if (!isGoverned(this.a, direction, pod)) return [];
        return names.map((name): Permitted => {
          const at = (cluster: Cluster, subject: Pod, { protocol, port }: Probe): Side =>
            side(cluster, direction, subject, address, protocol, port, name);
          return {
            explicit: this.#probes.filter((probe) => isExplicit(at(this.a, pod, probe))),
            passing: new Set(
              this.#probes.filter((probe) => at(this.b, inB[i]!, probe).outcome === 'ALLOWED'),
            ),
          };
        });
      });
    });
  }

  get #probes(): readonly Probe[] {
    return this.#inB.probes;
  }

  #broken(key: string, find: () => readonly Permitted[]): TrafficSet {
    const known = this.#known.get(key) ?? find();
    this.#known.set(key, known);
    const { intervals } = this.#inB;
    const sets = known.map(({ explicit, passing }) =>
      trafficOf(
        intervals,
        explicit.filter((probe) => passing.has(probe) === (this.kind === 'FORBIDS')),
      ),
    );
    return union(intervals, sets);
  }
}

/** A rule allows it. */
function isExplicit({ reason }: Side): boolean {
  return reason.startsWith('ALLOWED_BY_');
}

/** No policy denies it, and none allows it. */
function isSilent({ reason }: Side): boolean {
  return reason === 'NOT_ISOLATED' || reason === 'NOT_GOVERNED';
}

function comparePods(found: PermissionRelation, expected: ExpectedPermissions, seen: Seen): void {
  const isCut = found.counterexampleCount > found.counterexamples.length;
  const rows = new Map(
    found.counterexamples.map((row) => [
      `${refKey(row.source.ref)} → ${refKey(row.destination.ref)}`,
      row,
    ]),
  );
  same('counterexamples of one pair', rows.size, found.counterexamples.length);
  for (const source of expected.workloads.keys())
    for (const destination of expected.workloads.keys()) {
      const key = `${source} → ${destination}`;
      const wanted = expected.between(source, destination);
      const row = rows.get(key);
      if (row === undefined && isCut) continue;
      same(key, formatTraffic(row === undefined ? [] : trafficIn(row)), formatTraffic(wanted));
      if (wanted.length > 0) seen.pairs++;
    }
}

function compareAddresses(
  found: PermissionRelation,
  expected: ExpectedPermissions,
  seen: Seen,
): void {
  if (found.counterexampleCount > found.counterexamples.length) return;
  for (const workload of expected.workloads.keys())
    for (const direction of ['INGRESS', 'EGRESS'] as const) {
      const rows = found.counterexamples.flatMap((row) => {
        const [pods, outside] =
          direction === 'INGRESS'
            ? [row.destination.ref, row.source.ref]
            : [row.source.ref, row.destination.ref];
        return outside.kind === 'external' && refKey(pods) === workload
          ? [{ row, networks: outside.cidrs.map((cidr) => readNetwork(cidr)!) }]
          : [];
      });
      for (const address of expected.addresses) {
        const having = rows.filter(({ networks }) =>
          networks.some((network) => contains(network, address)),
        );
        const what = `${direction} ${workload}, ${writeAddress(address)}`;
        expect(having.length, what).toBeLessThan(2);
        const wanted = expected.withAddress(workload, direction, address);
        const traffic = having.flatMap(({ row }) => trafficIn(row));
        same(what, formatTraffic(traffic), formatTraffic(wanted));
        if (wanted.length > 0) seen.addresses++;
      }
      // A row has addresses that are no pod's.
      same(
        `${direction} ${workload}: rows`,
        rows.every(({ networks }) => networks.length > 0),
        true,
      );
    }
}

function trafficIn({ onlyA, both }: PermissionRelation['counterexamples'][number]): TrafficSet {
  return [...onlyA, ...both];
}

/** Laid policies do what the same policies do that are written beside the pods. */
async function sameAsWritten(
  there: readonly KubernetesObject[],
  here: readonly KubernetesObject[],
  how: LaidPolicies,
): Promise<void> {
  const pods = here.filter((object) => how === 'BESIDE' || !isPolicy(object));
  const names = new Map(here.filter(isPolicy).map((object) => [nameOf(object), object]));
  // There is one BaselineAdminNetworkPolicy, and it has no other name.
  const others = there.filter(
    (object) =>
      isPolicy(object) &&
      !(how === 'BESIDE' && object.kind.startsWith('Baseline') && names.has(nameOf(object))),
  );
  const written = others.map((object) =>
    how === 'BESIDE' && names.has(nameOf(object)) ? renamed(object) : object,
  );
  const expected = (await analyseObjects([...pods, ...written])).analysis;
  const one = (await analyseObjects(here)).analysis;
  const other = (await analyseObjects(others)).analysis;
  const laid = layPolicies(one.index.segments, other.index.segments, () => true, how);
  const diff = diffSnapshots(new Analysis(buildIndex(laid)), expected, OPTIONS);
  same(`${how}: changes`, diff.summary.text, 'The same traffic is allowed.');
}

function nameOf({ kind, metadata }: KubernetesObject): string {
  return JSON.stringify([kind, metadata?.namespace ?? 'default', metadata?.name]);
}

function renamed(object: KubernetesObject): KubernetesObject {
  return {
    ...object,
    metadata: { ...object.metadata, name: `${object.metadata?.name ?? ''}-laid` },
  };
}
