import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { SnapshotContent } from '@portolan/model';
import { DEFAULT_MANIFEST_LIMITS, type ManifestLimits } from '../limits.js';
import { readManifests } from '../read-manifests.js';

const RUNS = 40;
/** Everything is a long document. */
const STREAMED = { ...DEFAULT_MANIFEST_LIMITS, wholeDocumentBytes: 40 };

type Value = Readonly<Record<string, unknown>>;

const name = fc.constantFrom('a', 'b', 'c', 'Not-A-Name', 'é');
const pod = fc.record({
  name,
  app: fc.constantFrom('web', 'db', 'a: b', '# x', '- y', '"]}', '\\"{'),
});
const object: fc.Arbitrary<Value> = fc.oneof(
  pod.map((made) => podOf(made)),
  pod.map((made) => ({ ...podOf(made), metadata: { name: made.name, namespace: 'shop' } })),
  name.map((made) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: made, namespace: 'shop' },
    spec: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }], prots: [] }] },
  })),
  name.map((made) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: made },
    data: { k: 'line\n- x\n\n' },
  })),
);
const bare = pod.map(({ name: made }) => ({ metadata: { name: made, namespace: 'shop' } }));
const element: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: object },
  { weight: 1, arbitrary: bare },
  { weight: 1, arbitrary: fc.constantFrom(null, 1, 'text', [], {}, [1]) },
  {
    weight: 1,
    arbitrary: fc.array(object, { maxLength: 3 }).map((items) => listOf('PodList', items)),
  },
);
const list = fc
  .record({
    kind: fc.constantFrom('List', 'List', 'List', 'PodList', 'PodList', 'Foo', 5, undefined),
    items: fc.oneof(fc.array(element, { maxLength: 8 }), fc.constantFrom(null, 'none', {})),
    order: fc.shuffledSubarray(['apiVersion', 'kind', 'items', 'metadata'], { minLength: 4 }),
  })
  .map(({ kind, items, order }): Value => {
    const all: Value = { ...listOf(kind, items), metadata: { resourceVersion: '' } };
    return Object.fromEntries(order.map((key) => [key, all[key]]));
  });
const json = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: list }, object), { maxLength: 3 }),
    fc.constantFrom(0, 1, 4),
    fc.constantFrom('', '\n'),
  )
  .map(([values, indent, between]) =>
    values.map((value) => JSON.stringify(value, null, indent)).join(between),
  );
const yaml = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: list }, object), { maxLength: 3 }),
    fc.boolean(),
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom('', '# c\n'),
  )
  .map(([values, seqNoIndent, newline, comment]) =>
    values
      .map(
        (value) =>
          `---\n${comment}${dump(value, { seqNoIndent, skipInvalid: true, noRefs: true })}`,
      )
      .join('')
      .replaceAll('\n', newline),
  );

describe('lists that are read element by element', () => {
  it.each([
    ['JSON', json],
    ['YAML', yaml],
  ])('%s: say the same as when they are read as a whole', async (_, text) => {
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 300 }), async (input, size) => {
        const whole = await read(input, DEFAULT_MANIFEST_LIMITS, input.length);
        expect(await read(input, STREAMED, size)).toEqual(whole);
      }),
      { numRuns: RUNS },
    );
  });

  it('JSON: what is damaged is the same problems, and costs nothing else', async () => {
    const damaged = fc
      .tuple(
        json,
        fc.nat(),
        fc.nat(2),
        fc.constantFrom('', '}', ']', '"', ',', '{', '\n', '\n{', '[', '\\', ':'),
      )
      .map(([input, at, removed, inserted]) => {
        const place = at % (input.length + 1);
        // Text that does not begin as JSON might be YAML.
        return `{}\n${input.slice(0, place)}${inserted}${input.slice(place + removed)}`;
      });
    await fc.assert(
      fc.asyncProperty(damaged, fc.integer({ min: 1, max: 300 }), async (input, size) => {
        const whole = await read(input, DEFAULT_MANIFEST_LIMITS, input.length);
        expect(await read(input, STREAMED, size)).toEqual(whole);
      }),
      { numRuns: RUNS },
    );
  });

  it('YAML: what is damaged is never taken for something else', async () => {
    const damaged = fc
      .tuple(
        yaml,
        fc.nat(),
        fc.nat(3),
        fc.constantFrom(
          '',
          '\n',
          ' ',
          '- ',
          '\n- ',
          '"',
          "'",
          ': ',
          'items:\n',
          '|',
          '\nitems: []\n',
          '&a ',
          '*a',
        ),
      )
      .map(([input, at, removed, inserted]) => {
        const place = at % (input.length + 1);
        return input.slice(0, place) + inserted + input.slice(place + removed);
      });
    await fc.assert(
      fc.asyncProperty(damaged, fc.integer({ min: 1, max: 300 }), async (input, size) => {
        const whole = await read(input, DEFAULT_MANIFEST_LIMITS, input.length);
        const streamed = await read(input, STREAMED, size);
        if (
          !streamed.problems.some(
            ({ outcome }) => outcome === 'INVALID_SYNTAX' || outcome === 'TOO_LARGE',
          )
        )
          expect(streamed).toEqual(whole);
      }),
      { numRuns: RUNS },
    );
  });
});

function listOf(kind: unknown, items: unknown): Value {
  return { apiVersion: 'v1', kind, items };
}

function podOf({ name: made, app }: { name: string; app: string }): Value {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: made, namespace: 'shop', labels: { app } },
    spec: {
      nodeName: 'n',
      containers: [{ name: 'c', args: [app, ' long\n\ntext'], ports: [{ containerPort: 80 }] }],
    },
  };
}

function read(text: string, limits: ManifestLimits, size: number): Promise<SnapshotContent> {
  const bytes = Buffer.from(text);
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += size)
      yield await Promise.resolve(bytes.subarray(at, at + size));
  })();
  return readManifests({ kind: 'stream', path: 'list', chunks }, limits);
}
