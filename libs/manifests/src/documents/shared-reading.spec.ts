import { describe, expect, it } from 'vitest';
import { DEFAULT_MANIFEST_LIMITS } from '../limits.js';
import type { ManifestFile } from '../manifest-source.js';
import { readManifests } from '../read-manifests.js';
import { SharedReading } from './shared-reading.js';

const TEXT = `# Two documents, something that is none, and a template.
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
---
- no object
---
apiVersion: v1
kind: Pod
metadata: { name: "{{ name }}" }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: {}
  ingress:
    - from: [{ podSelector: {} }]
      prots: [{ port: 80 }]
`;

function read(files: readonly ManifestFile[], limits = DEFAULT_MANIFEST_LIMITS) {
  return readManifests({ kind: 'files', files }, limits);
}

function file(path: string, text: string, reading?: SharedReading): ManifestFile {
  return { path, content: Buffer.from(text), ...(reading === undefined ? {} : { reading }) };
}

describe('SharedReading', () => {
  it('gives what is in the second file as if it had been read, at its own path', async () => {
    const reading = new SharedReading();
    for (const path of ['base/a.yaml', 'head/a.yaml', 'head/a.yaml'])
      expect(await read([file(path, TEXT, reading)])).toEqual(await read([file(path, TEXT)]));
    expect(reading.documents).toHaveLength(5);
  });

  it('counts documents and bytes against the limits of the second upload', async () => {
    const reading = new SharedReading();
    await read([file('a.yaml', TEXT, reading)]);
    for (const limits of [
      { ...DEFAULT_MANIFEST_LIMITS, maxObjects: 3 },
      { ...DEFAULT_MANIFEST_LIMITS, maxUnpackedBytes: 100 },
    ])
      expect(await read([file('a.yaml', TEXT, reading)], limits)).toEqual(
        await read([file('a.yaml', TEXT)], limits),
      );
  });

  it('keeps nothing of a file that was not read to its end, nor of long documents', async () => {
    const reading = new SharedReading();
    await read([file('a.yaml', TEXT, reading)], { ...DEFAULT_MANIFEST_LIMITS, maxObjects: 2 });
    expect(reading.documents).toBeNull();
    await read([file('a.yaml', TEXT, reading)], {
      ...DEFAULT_MANIFEST_LIMITS,
      wholeDocumentBytes: 64,
    });
    expect(reading.documents).toBeNull();
    expect(await read([file('a.yaml', TEXT, reading)])).toEqual(await read([file('a.yaml', TEXT)]));
  });
});
