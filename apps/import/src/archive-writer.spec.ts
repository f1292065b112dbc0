import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_MANIFEST_LIMITS, readManifests } from '@portolan/manifests';
import type { SnapshotContent } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { ArchiveWriter } from './archive-writer.js';

const NEVER = new AbortController().signal;
const namespace = (name: string): Buffer =>
  Buffer.from(JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));

function read(chunks: AsyncIterable<Uint8Array>): Promise<SnapshotContent> {
  return readManifests({ kind: 'stream', path: 'x', chunks }, DEFAULT_MANIFEST_LIMITS);
}

describe('ArchiveWriter', () => {
  it('writes files that an upload is read from', async () => {
    const body = new PassThrough();
    const content = read(body);
    const archive = new ArchiveWriter(body);
    await archive.write('a.json', namespace('a'), NEVER);
    await archive.write('b.json', namespace('b'), NEVER);
    archive.finish();
    expect(await content).toMatchObject({ problems: [], stats: { namespaces: 2, skipped: 0 } });
  });

  it('goes on sending when there is nothing to send, and nobody reads it as anything', async () => {
    const body = new PassThrough();
    const chunks: Buffer[] = [];
    body.on('data', (chunk: Buffer) => chunks.push(chunk));
    const archive = new ArchiveWriter(body, 10);
    await sleep(200);
    expect(chunks.length).toBeGreaterThan(2);
    await archive.write('a.json', namespace('a'), NEVER);
    archive.finish();
    await new Promise((resolve) => body.once('end', resolve));
    const sent = (async function* () {
      yield await Promise.resolve(Buffer.concat(chunks));
    })();
    expect(await read(sent)).toMatchObject({ problems: [], stats: { namespaces: 1, skipped: 0 } });
  });

  it('stops waiting for a reader when it is told to, and leaves the body without an end', async () => {
    const body = new PassThrough({ highWaterMark: 1 });
    const archive = new ArchiveWriter(body);
    const stop = new AbortController();
    const writing = archive.write('a.json', Buffer.alloc(1_000_000), stop.signal);
    stop.abort(new Error('enough'));
    await expect(writing).rejects.toThrow('enough');
    archive.abandon();
    expect(body.destroyed).toBe(true);
    expect(body.writableEnded).toBe(false);
  });
});
