import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { SnapshotContent } from '@portolan/model';
import { type ManifestLimits, type ManifestSource, readManifests } from '@portolan/manifests';
import type { IngestProgress, UploadedFile, UploadSource } from '../messages.js';
import { IngestMeter } from './ingest-meter.js';

/** Bytes of a spooled upload that are read at once. */
const READ_BYTES = 256 * 1024;

/** Reads an upload into the content of a snapshot. Bad input becomes Problems; only an unreadable file throws. */
export async function ingest(
  source: UploadSource,
  limits: ManifestLimits,
  report: (progress: IngestProgress) => void,
): Promise<SnapshotContent> {
  if (source.kind === 'files') return ingestFiles(source.files, limits, report);
  const { size } = await stat(source.path);
  const meter = new IngestMeter(size, report);
  meter.begin();
  // Progress counts the bytes of the file as it lies there: how many they are unpacked is not known in advance.
  const chunks = readFile(source.path, (bytes) => meter.bytesRead(bytes));
  const manifests: ManifestSource =
    source.kind === 'file'
      ? { kind: 'stream', path: source.name, chunks }
      : { kind: 'tarGz', chunks };
  return readManifests(manifests, limits, ({ objects }) => meter.objectsFound(objects));
}

async function ingestFiles(
  files: readonly UploadedFile[],
  limits: ManifestLimits,
  report: (progress: IngestProgress) => void,
): Promise<SnapshotContent> {
  const size = files.reduce((total, { content }) => total + content.byteLength, 0);
  const meter = new IngestMeter(size, report);
  meter.begin();
  return readManifests({ kind: 'files', files }, limits, ({ bytes, objects }) => {
    meter.bytesRead(bytes);
    meter.objectsFound(objects);
  });
}

async function* readFile(
  path: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const chunks: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: READ_BYTES });
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    onRead(bytes);
    yield chunk;
  }
}
