import { type Analysis, allowedAccess, diffSnapshots, profileOf } from '@portolan/engine';
import { findAll } from '@portolan/findings';
import { ANY_TRAFFIC, DEFAULT_PEER_SCOPE, type Finding, type FixEdit } from '@portolan/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { arbitraryCluster } from './arbitrary-cluster.js';
import { type ReadObjects, withSwitches } from './arbitrary-switches.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';
import type { KubernetesObject, PolicySpec, Selector } from './kubernetes.js';

const RUNS = Math.ceil(runCount(2_000) / 8);

/** A cluster, and pods and namespaces that may come. */
interface Growing {
  readonly now: readonly KubernetesObject[];
  readonly later: readonly KubernetesObject[];
}

interface Echo {
  readonly pick: number;
  /** Undefined = the pods of the policy. */
  readonly podSelector: Selector | undefined;
  readonly isShort: boolean;
}

/** A policy again, for the same pods or for others, with all of its rules or with the first of each direction. */
const arbitraryEcho: fc.Arbitrary<Echo> = fc.record({
  pick: fc.nat(20),
  podSelector: fc.constantFrom<Selector | undefined>(
    ...[undefined, undefined, {}],
    ...(['Exists', 'DoesNotExist'] as const).map((operator) => ({
      matchExpressions: [{ key: 'app', operator }],
    })),
  ),
  isShort: fc.boolean(),
});

const growing: fc.Arbitrary<Growing> = fc
  .tuple(
    arbitraryCluster,
    fc.array(arbitraryEcho, { maxLength: 2 }),
    fc.array(arbitraryCluster, { minLength: 1, maxLength: 2 }),
  )
  .map(([now, echoes, clusters]) => ({
    now: [...now, ...echoes.flatMap((one, number) => echoOf(now, number, one))],
    later: clusters.flatMap(newcomers),
  }));

function echoOf(
  objects: readonly KubernetesObject[],
  number: number,
  { pick, podSelector, isShort }: Echo,
): KubernetesObject[] {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const policy = policies[pick % Math.max(1, policies.length)];
  if (policy === undefined) return [];
  const spec = policy.spec as PolicySpec;
  return [
    {
      ...policy,
      metadata: { ...policy.metadata, name: `policy-${String(10 + number)}-echo` },
      spec: {
        ...spec,
        ...(podSelector === undefined ? {} : { podSelector }),
        ...(isShort
          ? { ingress: spec.ingress?.slice(0, 1), egress: spec.egress?.slice(0, 1) }
          : {}),
      },
    },
  ];
}

/** How often something was found, so that the property is not empty. */
const counts = new Map<string, number>();

describe(`findings of redundancy on ${RUNS} generated clusters (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  it(
    'name what can be removed, all of it together, without changing an answer',
    async () => {
      const options = { runs: RUNS, seed: seed() };
      await checkGenerated(withSwitches(growing), options, show, check);
    },
    timeFor(RUNS),
  );

  it('find something of each sort', () => {
    for (const one of [
      'NP701 CERTAIN',
      'NP701 LIKELY',
      'NP702 CERTAIN',
      'NP702 LIKELY',
      'NP703 CERTAIN',
      'NP704 CERTAIN',
    ])
      expect(counts.get(one) ?? 0, one).toBeGreaterThan(0);
  });
});

async function check({ objects: { now, later }, switches }: ReadObjects<Growing>): Promise<void> {
  const { analysis, content, sources } = await analyseObjects(now, switches);
  const found = findAll({
    analysis,
    profile: { ...profileOf(analysis.view, true).profile, ...switches },
    isComplete: true,
    problems: content.problems,
    base: null,
    sources,
  }).filter(({ rule }) => rule.startsWith('NP7'));
  for (const { rule, confidence } of found) {
    const key = `${rule} ${confidence}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  if (found.length === 0) return;
  expectSame(
    analysis,
    (await analyseObjects(withoutAll(now, analysis, found), switches)).analysis,
    found,
  );
  // What is certain holds for pods and namespaces that do not exist as well.
  const certain = found.filter(({ confidence }) => confidence === 'CERTAIN');
  if (certain.length === 0) return;
  const grown = await analyseObjects([...now, ...later], switches);
  const fewer = withoutAll([...now, ...later], analysis, certain);
  expectSame(grown.analysis, (await analyseObjects(fewer, switches)).analysis, certain);
}

function expectSame(before: Analysis, after: Analysis, found: readonly Finding[]): void {
  const options = {
    groupBy: 'POD',
    namespaces: null,
    includeAddedAndRemovedWorkloads: true,
  } as const;
  expect(diffSnapshots(before, after, options).changes, told(found)).toEqual([]);
  expect(access(after)).toEqual(access(before));
}

function told(found: readonly Finding[]): string {
  return found
    .map(({ rule, confidence, objects, path, message }) =>
      [rule, confidence, objects.join(), path, message].join(' '),
    )
    .join('\n');
}

function access(analysis: Analysis): unknown {
  const asked = allowedAccess(analysis, {
    isEnforced: true,
    from: null,
    to: null,
    traffic: ANY_TRAFFIC,
    crossNamespace: false,
    groupBy: 'POD',
    peers: DEFAULT_PEER_SCOPE,
    page: { offset: 0, limit: 10_000 },
  });
  if (!asked.ok) throw new Error('every question of all access has an answer');
  return asked.answer.rows
    .map(({ source, destination, traffic }) => [
      ...[source, destination].map((end) =>
        end.kind === 'external' ? null : { ...end, index: undefined },
      ),
      // Addresses may be cut in other places; which pass is for the diff to say.
      source.kind === 'external' || destination.kind === 'external' ? null : traffic,
    ])
    .filter(([source, destination]) => source !== null && destination !== null);
}

/** Objects without what findings say is not needed. The last ones first: positions of the others stay. */
function withoutAll(
  objects: readonly KubernetesObject[],
  { view }: Analysis,
  found: readonly Finding[],
): KubernetesObject[] {
  const edited = objects.map((object) => structuredClone(object));
  const gone = new Set<string>();
  const nameOf = (index: number): string => {
    const { namespace, name } = view.policy(index);
    return `${view.namespaceName(namespace)}/${name}`;
  };
  const edit = (policy: number, change: (object: KubernetesObject) => void): void => {
    const same = edited.filter(({ kind }) => kind === 'NetworkPolicy');
    same.filter((object) => keyOf(object) === nameOf(policy)).forEach(change);
  };
  // Directions without effect come last: what is left of their policies has other rules.
  const lastFirst = [
    ...found.filter(({ rule }) => rule !== 'NP704').reverse(),
    ...found.filter(({ rule }) => rule === 'NP704'),
  ];
  for (const { rule, objects: policies, fix, occurrences, key } of lastFirst) {
    // The place of a finding told once for several is that of the first alone.
    if (rule === 'NP701' && occurrences > 1) continue;
    for (const policy of policies) {
      const { directions } = view.policy(policy).spec;
      const rest = directions.filter((direction) => !key.includes(direction.toLowerCase()));
      if (rule === 'NP701')
        edit(policy, (object) => fix?.edits.forEach((one) => apply(object, one)));
      else if (rule !== 'NP704' || rest.length === 0) gone.add(nameOf(policy));
      else
        edit(policy, (object) => {
          const policyTypes = rest.map((one) => (one === 'INGRESS' ? 'Ingress' : 'Egress'));
          apply(object, { op: 'set', path: ['spec', 'policyTypes'], value: policyTypes });
        });
    }
  }
  return edited.filter((object) => object.kind !== 'NetworkPolicy' || !gone.has(keyOf(object)));
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata?.namespace ?? 'default'}/${metadata?.name ?? ''}`;
}

function apply(object: KubernetesObject, { op, path, ...rest }: FixEdit): void {
  let at: unknown = object;
  for (const step of path.slice(0, -1)) at = (at as Record<string, unknown>)[step];
  // Of two objects of one name the other one may be invalid.
  if (typeof at !== 'object' || at === null) return;
  const last = path.at(-1)!;
  if (op === 'set') (at as Record<string, unknown>)[last] = (rest as { value: unknown }).value;
  else (at as unknown[]).splice(Number(last), 1);
}

/** The pods and namespaces of a cluster, under names of their own where they are pods. */
function newcomers(objects: readonly KubernetesObject[], number: number): KubernetesObject[] {
  return objects
    .filter(({ kind }) => kind === 'Pod')
    .map((pod, i) => ({
      ...pod,
      metadata: {
        ...pod.metadata,
        name: `later-${String(number)}-${String(i)}`,
        ownerReferences: undefined,
      },
      status: {},
    }));
}

function show({ objects: { now, later }, switches }: ReadObjects<Growing>): string {
  return `# ${JSON.stringify(switches)}\n${showObjects(now)}\n# later\n${showObjects(later)}`;
}
