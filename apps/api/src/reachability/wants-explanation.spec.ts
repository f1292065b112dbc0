import { type FieldNode, type GraphQLResolveInfo, Kind, parse } from 'graphql';
import { expect, it } from 'vitest';
import { wantsExplanation } from './wants-explanation.js';

function infoOf(query: string): GraphQLResolveInfo {
  const { definitions } = parse(query);
  const fragments = Object.fromEntries(
    definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
    ),
  );
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const fieldNodes = (operation?.selectionSet.selections ?? []) as readonly FieldNode[];
  return { fieldNodes, fragments } as unknown as GraphQLResolveInfo;
}

it.each([
  ['{ whoCanReach { totalCount nodes { source { displayName } traffic { text } } } }', false],
  ['{ whoCanReach { nodes { why: egressReason { code } } } }', true],
  ['{ whoCanReach { edges { node { ... on AllowedAccess { ingressReason { code } } } } } }', true],
  ['{ whoCanReach { caveats { code } } }', true],
  [
    '{ whoCanReach { ...Rows } } fragment Rows on C { nodes { ...Row } } fragment Row on R { caveats { code } }',
    true,
  ],
  ['{ whoCanReach { ...Rows } } fragment Rows on C { nodes { source { __typename } } }', false],
])('%s: %s', (query, expected) => {
  expect(wantsExplanation(infoOf(query))).toBe(expected);
});

it('looks at a fragment once, however often it is spread', () => {
  const doubling = Array.from(
    { length: 100 },
    (_, i) => `fragment F${i} on C { ...F${i + 1} ... on C { ...F${i + 1} } }`,
  );
  const query = `{ whoCanReach { ...F0 } } ${doubling.join(' ')} fragment F100 on C`;
  expect(wantsExplanation(infoOf(`${query} { totalCount }`))).toBe(false);
  expect(wantsExplanation(infoOf(`${query} { caveats { code } }`))).toBe(true);
});
