import { readColumnBlock, SOURCE_COLUMNS, type SnapshotContent } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MANIFEST_LIMITS } from '../limits.js';
import type { LayerTally, ManifestLayer, ObjectName, PruneScope } from '../manifest-layer.js';
import { readLayers } from '../read-manifests.js';
import { canLayOver, type StoredSnapshot } from './stored-snapshot.js';
import { DUMP, OVERLAYS } from './overlays.test-support.js';

function layer(text: string, rest: Partial<ManifestLayer> = {}): ManifestLayer {
  const files = [{ path: 'deploy/all.yaml', content: Buffer.from(text) }];
  return { source: { kind: 'files', files }, effect: 'ADD', ...rest };
}

const dump: ManifestLayer = layer(DUMP);

function read(layers: readonly ManifestLayer[], below: StoredSnapshot | null = null) {
  return readLayers(layers, DEFAULT_MANIFEST_LIMITS, undefined, below);
}

/** As the store gives it back. */
function stored({ parts, ...rest }: SnapshotContent): StoredSnapshot {
  const bytesOf = (block: 'segment' | 'sources') =>
    parts.map((part) => ({ namespace: part.namespace, ...part[block] }));
  return { ...rest, segments: bytesOf('segment'), sources: bytesOf('sources') };
}

/** Digest, and each part: its segment byte for byte, and everything that its sources say. */
function shown({ digest, parts }: SnapshotContent): unknown {
  return {
    digest,
    parts: parts.map(({ namespace, segment, sources }) => [
      namespace,
      segment.hash,
      sourcesOf(sources.bytes),
    ]),
  };
}

/** Without slices of Services that a layer took away: they are kept when the Service had no selector only. */
function sourcesOf(bytes: Uint8Array): unknown {
  const { columns, strings } = readColumnBlock(SOURCE_COLUMNS, bytes);
  const { policyLines, policyLineOffsets, ...rest } = columns;
  const texts = new Set<string>(TEXT_COLUMNS);
  return [
    [...policyLines],
    [...policyLineOffsets],
    ...Object.entries(rest)
      .filter(([column]) => column !== 'endpoints')
      .map(([column, values]) =>
        Array.from(values, (value, i) =>
          value >= 0 && (texts.has(column) || (column !== 'overlayVersion' && i % 4 === 0))
            ? strings.at(value)
            : value,
        ),
      ),
  ];
}

const TEXT_COLUMNS = [
  'podOwners',
  'workloadOwners',
  'workloadOwnLabels',
  'foldedWorkloads',
  'nodePodCidrs',
  'serviceCidrs',
] as const;

function segmentsOf({ parts }: SnapshotContent): unknown {
  return parts.map(({ namespace, segment }) => [namespace, segment.hash]);
}

/** Numbers from 0 to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const tally = (): LayerTally => ({ files: new Map(), objects: 0, missing: [] });

describe('manifests over a stored snapshot', () => {
  const scopes: readonly (PruneScope | null)[] = [
    null,
    { namespaces: ['shop'], labels: null },
    { namespaces: ['data', 'edge'], labels: null },
    { namespaces: null, labels: [{ key: 'team', operator: 'In', values: ['web'] }] },
    { namespaces: ['shop'], labels: [{ key: 'team', operator: 'Exists', values: [] }] },
    { namespaces: null, labels: null },
  ];

  it.each(Object.entries(OVERLAYS))(
    'give what they give over its manifests: %s',
    async (_, text) => {
      const below = stored(await read([dump]));
      for (const prune of scopes) {
        const offline = await read([dump, layer(text, { prune })]);
        const online = await read([layer(text, { prune })], below);
        expect(shown(online), JSON.stringify(prune)).toEqual(shown(offline));
        expect(online.problems).toEqual(offline.problems);
        expect(online.stats).toMatchObject({
          pods: offline.stats.pods,
          policies: offline.stats.policies,
          workloads: offline.stats.workloads,
        });
      }
    },
  );

  it('take away what another layer declares, alike', async () => {
    const below = stored(await read([dump]));
    const texts = Object.values(OVERLAYS);
    for (const [i, before] of texts.entries()) {
      const after = texts[(i + 1) % texts.length]!;
      const layers = [layer(before, { effect: 'REMOVE' }), layer(after)];
      expect(shown(await read(layers, below))).toEqual(shown(await read([dump, ...layers])));
      const whole = [layer(DUMP, { effect: 'REMOVE' }), layer(after)];
      expect(shown(await read(whole, below))).toEqual(shown(await read([dump, ...whole])));
    }
  });

  it('may be laid over a snapshot that was itself made of layers', async () => {
    const texts = Object.values(OVERLAYS);
    for (const [i, first] of texts.entries()) {
      const second = texts[(i + 3) % texts.length]!;
      const below = stored(await read([dump, layer(first)]));
      const offline = await read([dump, layer(first), layer(second)]);
      expect(shown(await read([layer(second)], below))).toEqual(shown(offline));
    }
  });

  it('give what they give over its manifests, whatever is taken of either', async () => {
    const below = DUMP.split('---\n');
    const above = [...below, ...Object.values(OVERLAYS).flatMap((text) => text.split('---\n'))];
    for (let seed = 1; seed <= 40; seed++) {
      const random = randomOf(seed);
      const some = (texts: readonly string[], share: number): string =>
        texts.filter(() => random() < share).join('---\n');
      const bottom = layer(some(below, 0.8));
      const prune = scopes[Math.floor(random() * scopes.length)]!;
      const layers = [
        layer(some(below, 0.2), { effect: 'REMOVE' }),
        layer(some(above, 0.3), { prune }),
        layer(some(above, 0.1)),
      ];
      const offline = await read([bottom, ...layers]);
      const online = await read(layers, stored(await read([bottom])));
      expect(segmentsOf(online), `seed ${seed}`).toEqual(segmentsOf(offline));
      expect(online.digest).toBe(offline.digest);
    }
  });

  it('leave parts that they do not touch as they are, in the same memory', async () => {
    const content = await read([dump]);
    const below = stored(content);
    const overlaid = await read([layer(OVERLAYS['a policy']!)], below);
    const touched = overlaid.parts.filter(({ segment, namespace }) => {
      const before = below.segments.find((one) => one.namespace === namespace);
      return segment.bytes !== before?.bytes;
    });
    expect(touched.map(({ namespace }) => namespace)).toEqual(['shop']);
  });

  it('of a part that is opened and not changed make the same bytes again', async () => {
    const content = await read([dump]);
    const prune = {
      namespaces: null,
      labels: [{ key: 'no', operator: 'Exists', values: [] }],
    } as const;
    const again = await read([layer('', { prune })], stored(content));
    expect(shown(again)).toEqual(shown(content));
    expect(
      again.parts.every(({ segment }, i) => segment.bytes !== content.parts[i]!.segment.bytes),
    ).toBe(true);
  });

  it('know what was deleted by name, and what is not there', async () => {
    const below = stored(await read([dump]));
    const names: readonly ObjectName[] = [
      { kind: 'NetworkPolicy', namespace: 'shop', name: 'web' },
      { kind: 'Deployment', namespace: 'shop', name: 'web' },
      { kind: 'AdminNetworkPolicy', namespace: null, name: 'guard' },
      { kind: 'NetworkPolicy', namespace: 'shop', name: 'no-such' },
      { kind: 'Namespace', namespace: null, name: 'data' },
      { kind: 'HTTPRoute', namespace: 'edge', name: 'front' },
    ];
    const count = tally();
    const content = await read([layer('', { delete: names, tally: count })], below);
    expect(count.missing).toEqual([names[3]]);
    expect(content.parts.map(({ namespace }) => namespace)).not.toContain('data');
    const { shop } = Object.fromEntries(
      content.parts.map(({ namespace, segment }) => [
        namespace,
        Buffer.from(segment.bytes).toString('latin1'),
      ]),
    );
    expect(shop).not.toContain('web-7d9-a');
    expect(shop).toContain('cart');
  });

  it('are counted and hashed, file by file', async () => {
    const count = tally();
    await read([layer(OVERLAYS['a policy']!, { tally: count })], stored(await read([dump])));
    expect(count.objects).toBe(1);
    expect([...count.files.keys()]).toEqual(['deploy/all.yaml']);
  });

  it('cannot be laid over what an earlier version stored', async () => {
    const { parts } = await read([dump]);
    const sources = parts.map(({ namespace, sources: block }) => ({ namespace, ...block }));
    expect(canLayOver({ sources })).toBe(true);
    const bytes = new Uint8Array(sources[1]!.bytes);
    expect(
      canLayOver({ sources: [{ namespace: 'x', hash: '', bytes: withoutOverlay(bytes) }] }),
    ).toBe(false);
  });
});

/** The block as a version without the last columns wrote it: shorter by them, and by their lengths. */
function withoutOverlay(bytes: Uint8Array): Uint8Array {
  const words = new Int32Array(bytes.buffer, 0, Math.floor(bytes.byteLength / 4));
  const lengths = Array.from(words.subarray(3, 3 + words[1]!));
  const kept = 10;
  const start = 3 + lengths.length;
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  const tail = bytes.subarray((start + sum(lengths)) * 4);
  const head = Int32Array.from([
    words[0]!,
    kept,
    words[2]!,
    ...lengths.slice(0, kept),
    ...words.subarray(start, start + sum(lengths.slice(0, kept))),
  ]);
  return new Uint8Array(Buffer.concat([new Uint8Array(head.buffer), tail]));
}
