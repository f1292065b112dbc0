import fc from 'fast-check';
import type { Expression, Labels, Selector } from './kubernetes.js';

type Vocabulary = Readonly<Record<string, readonly string[]>>;

/** Few keys and values, so that selectors hit; one value is empty. */
const POD_LABELS = { app: ['web', 'db', ''], tier: ['front', 'back'] } as const;
const NAMESPACE_LABELS = { team: ['red', 'blue', ''], env: ['prod', 'test'] } as const;
const NODE_LABELS = { pool: ['edge', 'core', ''], disk: ['ssd', 'hdd'] } as const;
/** Keys that nothing has. The second is a trap for look-ups that walk a prototype chain. */
const ABSENT: Vocabulary = { zone: ['a'], constructor: ['a'] };

export const NAMESPACES = ['default', 'lab', 'shop'] as const;

export const arbitraryPodLabels: fc.Arbitrary<Labels> = labels(POD_LABELS);
export const arbitraryNamespaceLabels: fc.Arbitrary<Labels> = labels(NAMESPACE_LABELS);

export const arbitraryNodeLabels: fc.Arbitrary<Labels> = labels(NODE_LABELS);

export const arbitraryPodSelector: fc.Arbitrary<Selector> = selector(POD_LABELS);
export const arbitraryNamespaceSelector: fc.Arbitrary<Selector> = selector({
  ...NAMESPACE_LABELS,
  'kubernetes.io/metadata.name': NAMESPACES,
});

export const arbitraryNodeSelector: fc.Arbitrary<Selector> = selector(NODE_LABELS);

/** Missing or null, once in ten each. */
export function sometimesMissing<Value>(
  arbitrary: fc.Arbitrary<Value>,
): fc.Arbitrary<Value | null | undefined> {
  return fc.oneof(
    { weight: 8, arbitrary },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

function labels(vocabulary: Vocabulary): fc.Arbitrary<Labels> {
  const values = Object.fromEntries(
    Object.entries(vocabulary).map(([key, of]) => [key, fc.constantFrom(...of)]),
  );
  return fc.record(values, { requiredKeys: [] }) as fc.Arbitrary<Labels>;
}

function selector(vocabulary: Vocabulary): fc.Arbitrary<Selector> {
  const one = fc
    .constantFrom(...Object.keys(vocabulary))
    .chain((key) =>
      fc.constantFrom(...vocabulary[key]!).map((value): Labels => ({ [key]: value })),
    );
  const expressions = fc.array(expression(vocabulary), { minLength: 1, maxLength: 2 });
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.constant({ matchLabels: {}, matchExpressions: [] }) },
    { weight: 1, arbitrary: fc.constant({ matchLabels: null, matchExpressions: null }) },
    { weight: 5, arbitrary: fc.record({ matchLabels: one }) },
    { weight: 4, arbitrary: fc.record({ matchExpressions: expressions }) },
    { weight: 2, arbitrary: fc.record({ matchLabels: one, matchExpressions: expressions }) },
  );
}

function expression(vocabulary: Vocabulary): fc.Arbitrary<Expression> {
  const all: Vocabulary = { ...vocabulary, ...ABSENT };
  const keys = [...Object.keys(vocabulary), ...Object.keys(all)];
  return fc.constantFrom(...keys).chain((key) => {
    const values = fc.uniqueArray(fc.constantFrom(...all[key]!, 'other'), {
      minLength: 1,
      maxLength: 2,
    });
    return fc.oneof(
      fc.record({ key: fc.constant(key), operator: fc.constantFrom('In', 'NotIn'), values }),
      fc.record({
        key: fc.constant(key),
        operator: fc.constantFrom('Exists', 'DoesNotExist'),
        values: fc.constantFrom(undefined, null, []),
      }),
    );
  });
}
