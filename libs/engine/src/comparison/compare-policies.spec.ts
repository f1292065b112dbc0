import { formatTraffic, keepPolicies } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../../test/support/analyse.js';
import { Analysis } from '../analysis.js';
import { buildIndex } from '../build/build-index.js';
import { diffSnapshots } from '../diff/diff-snapshots.js';
import { interferenceOf, type PolicyRelation, relationOf } from './compare-policies.js';

const OPTIONS = {
  namespaces: null,
  includeAddedAndRemovedWorkloads: true,
  groupBy: 'WORKLOAD',
} as const;

const pod = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name, labels: { app: name } },
});

function policy(name: string, app: string | null, ingress: readonly object[]): object {
  const podSelector = app === null ? {} : { matchLabels: { app } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'shop', name },
    spec: { podSelector, policyTypes: ['Ingress'], ingress },
  };
}

const fromWeb = [{ podSelector: { matchLabels: { app: 'web' } } }];
const POLICIES = [
  policy('deny-all', null, []),
  policy('db-from-web', 'db', [{ from: fromWeb }]),
  policy('db-5432', 'db', [{ from: fromWeb, ports: [{ port: 5432 }] }]),
  policy('db-5432-again', 'db', [
    { from: fromWeb, ports: [{ port: 5432 }] },
    { from: fromWeb, ports: [{ port: 5432, endPort: 5432 }] },
  ]),
  policy('db-6379', 'db', [{ from: fromWeb, ports: [{ port: 6379 }] }]),
  policy('db-outside', 'db', [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }]),
  policy('web-open', 'web', [{}]),
];

/** The relations of two policy sets of one snapshot: `EQ`, `>=`, `<=` and `INTERFERES`, those that hold. */
async function relations(a: readonly string[], b: readonly string[]): Promise<string[]> {
  const { contained, equivalent, contains, interferes } = await compare(a, b);
  return [
    ...(equivalent.holds ? ['EQ'] : []),
    ...(contains.holds ? ['>='] : []),
    ...(contained.holds ? ['<='] : []),
    ...(interferes.holds ? ['INTERFERES'] : []),
  ];
}

async function compare(
  a: readonly string[],
  b: readonly string[],
): Promise<Record<'equivalent' | 'contains' | 'contained' | 'interferes', PolicyRelation>> {
  const { analysis } = await analyseObjects([pod('web'), pod('db'), ...POLICIES]);
  const { index, view } = analysis;
  const only = (names: readonly string[]): Analysis =>
    new Analysis(
      buildIndex(keepPolicies(index.segments, (i) => names.includes(view.policy(i).name))),
    );
  const diff = diffSnapshots(only(a), only(b), OPTIONS);
  return {
    equivalent: relationOf(diff, 'EQUIVALENT'),
    contains: relationOf(diff, 'CONTAINS'),
    contained: relationOf(diff, 'IS_CONTAINED'),
    interferes: interferenceOf(diffSnapshots(only(b), only([...a, ...b]), OPTIONS)),
  };
}

describe('relations of policy sets', () => {
  it.each([
    { a: [], b: [], holds: ['EQ', '>=', '<='] },
    { a: ['db-5432'], b: ['db-5432-again'], holds: ['EQ', '>=', '<='] },
    { a: ['web-open'], b: [], holds: ['EQ', '>=', '<='] },
    { a: [], b: ['deny-all'], holds: ['>='] },
    { a: ['deny-all'], b: [], holds: ['<='] },
    { a: ['db-from-web'], b: ['db-5432'], holds: ['>=', 'INTERFERES'] },
    { a: ['db-5432'], b: ['db-from-web'], holds: ['<='] },
    { a: ['db-5432'], b: ['db-6379'], holds: ['INTERFERES'] },
    { a: ['db-5432'], b: ['web-open'], holds: ['<='] },
    { a: ['db-outside'], b: ['db-5432'], holds: ['INTERFERES'] },
    { a: ['web-open'], b: ['deny-all'], holds: ['>=', 'INTERFERES'] },
    { a: ['deny-all'], b: ['db-5432', 'web-open'], holds: ['<='] },
    { a: ['deny-all', 'db-5432'], b: ['deny-all', 'db-5432-again'], holds: ['EQ', '>=', '<='] },
  ])('of $a and $b: $holds', async ({ a, b, holds }) => {
    expect(await relations(a, b)).toEqual(holds);
  });

  it('shows on which side the surplus is', async () => {
    const found = await compare(['db-5432'], ['db-6379']);
    const rows = ({ counterexamples }: PolicyRelation): string[] =>
      counterexamples.map(
        ({ onlyA, onlyB }) => `a ${formatTraffic(onlyA)}, b ${formatTraffic(onlyB)}`,
      );
    expect(rows(found.equivalent)).toEqual(['a TCP 5432, b TCP 6379']);
    expect(rows(found.contains)).toEqual(['a None, b TCP 6379']);
    expect(rows(found.contained)).toEqual(['a TCP 5432, b None']);
    expect(rows(found.interferes)).toEqual(['a TCP 5432, b None']);
    expect(found.contains.counterexampleCount).toBe(1);
  });
});
