import type { SnapshotContent } from '@portolan/model';
import { type ManifestLimits, readManifests } from '@portolan/manifests';
import type { IngestProgress } from '../messages.js';
import type { UploadSource } from '../upload-source.js';
import { IngestMeter } from './ingest-meter.js';
import { openUpload, sizeOf } from './open-upload.js';

/** Reads an upload into the content of a snapshot. Bad input becomes Problems; only an unreadable file throws. */
export async function ingest(
  source: UploadSource,
  limits: ManifestLimits,
  report: (progress: IngestProgress) => void,
): Promise<SnapshotContent> {
  const meter = new IngestMeter(await sizeOf(source), report);
  meter.begin();
  const manifests = openUpload(source, (bytes) => meter.bytesRead(bytes));
  return readManifests(manifests, limits, ({ bytes, objects }) => {
    // A spooled file says itself how far it is read: how many bytes it has unpacked is not known in advance.
    if (source.kind === 'files') meter.bytesRead(bytes);
    meter.objectsFound(objects);
  });
}
