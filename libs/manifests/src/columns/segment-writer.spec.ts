import { ColumnBlockWriter, readColumnBlock, SEGMENT_COLUMNS, SnapshotView } from '@portolan/model';
import { expect, it } from 'vitest';
import { DEFAULT_MANIFEST_LIMITS } from '../limits.js';
import { readManifests } from '../read-manifests.js';

const pod = (name: string, labels: string): string =>
  `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { ${labels} } }
spec: { containers: [{ name: c, ports: [{ containerPort: 80 }] }] }
`;

it('pods with the same labels or ports have one set and one table', async () => {
  const text = [pod('a', 'app: web'), pod('b', 'app: web'), pod('c', 'app: db')].join('---\n');
  const files = [{ path: 'pods.yaml', content: Buffer.from(text) }];
  const { parts } = await readManifests({ kind: 'files', files }, DEFAULT_MANIFEST_LIMITS);
  const shop = parts.find(({ namespace }) => namespace === 'shop')!;
  const { columns, strings } = readColumnBlock(SEGMENT_COLUMNS, shop.segment.bytes);
  expect([...columns.podNames].map((name) => strings.at(name))).toEqual(['a', 'b', 'c']);
  const [a, b, c] = columns.podLabelSets;
  expect(b).toBe(a);
  expect(c).not.toBe(a);
  expect(new Set(columns.podPortTables).size).toBe(1);
});

it('segments from before there were Services are read, and have none', () => {
  const earlier = SEGMENT_COLUMNS.slice(0, SEGMENT_COLUMNS.indexOf('serviceNames'));
  const writer = new ColumnBlockWriter(earlier);
  writer.push('namespace', writer.intern('shop'), 0, -1);
  const view = new SnapshotView([{ namespace: 'shop', hash: '', bytes: writer.finish() }]);
  expect(view.services.count).toBe(0);
  expect(view.services.find(view.findNamespace('shop'), 'web')).toBe(-1);
  expect(view.services.inNamespace(0)).toEqual([]);
});
