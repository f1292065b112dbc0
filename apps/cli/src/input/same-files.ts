import { type ManifestFile, SharedReading } from '@portolan/manifests';
import type { OpenInput } from './open-input.js';

/** Bytes of files of which is kept what stands in them, until the other folder is read. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** Paths of the head whose bytes are not those of the same path in the base; null when not both are folders. */
export function changedPaths(base: OpenInput, head: OpenInput): ReadonlySet<string> | null {
  const pairs = pairsOf(base, head);
  return pairs && new Set(pairs.flatMap(({ file, isSame }) => (isSame ? [] : [file.path])));
}

/** The same two inputs. Files that are in both are read once, as long as that does not take too much memory. */
export function readTogether(base: OpenInput, head: OpenInput): [base: OpenInput, head: OpenInput] {
  const readings = new Map<Uint8Array, SharedReading>();
  let bytes = 0;
  for (const { file, before, isSame } of pairsOf(base, head) ?? []) {
    if (!isSame || before === undefined) continue;
    bytes += file.content.byteLength;
    if (bytes > KEPT_BYTES) break;
    const reading = new SharedReading();
    readings.set(file.content, reading).set(before.content, reading);
  }
  return [withReadings(base, readings), withReadings(head, readings)];
}

function withReadings(
  input: OpenInput,
  readings: ReadonlyMap<Uint8Array, SharedReading>,
): OpenInput {
  const { source } = input;
  if (source.kind !== 'files' || readings.size === 0) return input;
  const files = source.files.map((file) => {
    const reading = readings.get(file.content);
    return reading === undefined ? file : { ...file, reading };
  });
  return { ...input, source: { ...source, files } };
}

interface FilePair {
  readonly file: ManifestFile;
  /** The file of the base at the same path. */
  readonly before: ManifestFile | undefined;
  readonly isSame: boolean;
}

/** The files of the head; null when not both inputs are folders. */
function pairsOf(base: OpenInput, head: OpenInput): FilePair[] | null {
  const [olds, news] = [filesOf(base), filesOf(head)];
  if (olds === null || news === null) return null;
  return Array.from(news, ([within, file]) => {
    const before = olds.get(within);
    const isSame = before !== undefined && Buffer.compare(before.content, file.content) === 0;
    return { file, before, isSame };
  });
}

/** Files by their paths inside the folder. */
function filesOf({ source, folder }: OpenInput): Map<string, ManifestFile> | null {
  if (source.kind !== 'files' || folder === null) return null;
  const skip = folder === '' ? 0 : folder.length + 1;
  return new Map(source.files.map((file) => [file.path.slice(skip), file]));
}
