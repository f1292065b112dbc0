import { Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import type { Damage } from './damage.js';
import type { InputFile } from './input-file.js';
import type { UploadBudget } from './upload-budget.js';

const MANIFEST_NAME = /\.(?:ya?ml|json)$/i;
const MAGIC_OFFSET = 257;

/** An entry that tar-stream iterates over, as far as it is used. */
interface Entry extends AsyncIterable<Uint8Array> {
  readonly header: Header;
  resume(): void;
}

/** Whether the first block of a file is a tar header. */
export function isTar(head: Uint8Array): boolean {
  const magic = head.subarray(MAGIC_OFFSET, MAGIC_OFFSET + 5);
  return Buffer.from(magic).toString('latin1') === 'ustar';
}

/**
 * The files of an archive. Nothing is ever written to disk, so a path like `../x` could do no harm here; but it says that
 * the archive was made to do some elsewhere, and its entry is refused.
 */
export async function* tarFiles(
  chunks: AsyncIterable<Uint8Array>,
  damage: Damage,
  budget: UploadBudget,
): AsyncGenerator<InputFile> {
  const archive = extract();
  const input = Readable.from(chunks, { objectMode: false });
  input.on('error', (error) => {
    archive.destroy(error);
  });
  input.pipe(archive);
  try {
    for await (const entry of damage.until(archive as unknown as AsyncIterable<Entry>)) {
      if (entry.header.type !== 'directory') {
        budget.files++;
        if (budget.excess !== null) return;
        yield entryFile(entry, damage);
      }
      entry.resume();
    }
  } finally {
    input.destroy();
    archive.destroy();
  }
}

function entryFile(entry: Entry, damage: Damage): InputFile {
  const { name, type } = entry.header;
  const fault = faultOf(name, type);
  if (fault !== null) return { kind: 'problem', path: name, code: 'UNSAFE_PATH', message: fault };
  if (!isManifest(name)) return { kind: 'other' };
  return {
    kind: 'text',
    path: name,
    chunks: damage.until(entry),
    isWhole: () => !damage.isFound,
  };
}

function faultOf(name: string, type: string): string | null {
  if (type !== 'file' && type !== 'contiguous-file') return `an entry of type ${type}`;
  if (/^(?:[/\\]|[A-Za-z]:)/.test(name)) return 'an absolute path';
  if (name.split(/[/\\]/).includes('..')) return 'a path that leaves the archive';
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'control characters in the path';
  return null;
}

/** `._x.yaml` is what macOS stores beside `x.yaml`, and no YAML. */
function isManifest(name: string): boolean {
  return MANIFEST_NAME.test(name) && !/(?:^|\/)\._[^/]*$/.test(name);
}
