import { Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import type { Damage } from './damage.js';
import type { InputFile } from './input-file.js';
import type { UploadBudget } from './upload-budget.js';

const MANIFEST_NAME = /\.(?:ya?ml|json)$/i;
const MAX_PATH_LENGTH = 1024;
const HEADER_BYTES = 512;
/** Where a header has the sum of its bytes, in octal digits; they count as blanks themselves (POSIX, ustar). */
const CHECKSUM = { from: 148, to: 156 } as const;
const BLANK = 0x20;

/** Archives without a magic number are read, too: the types of tar-stream do not know this option. */
const OPTIONS: object = { allowUnknownFormat: true };

/** An entry that tar-stream iterates over, as far as it is used. */
interface Entry extends AsyncIterable<Uint8Array> {
  readonly header: Header;
  resume(): void;
}

/** Whether the first block of a file is a tar header, also of the time before there was a magic number. */
export function isTar(head: Uint8Array): boolean {
  if (head.byteLength < HEADER_BYTES) return false;
  const { from, to } = CHECKSUM;
  const sum = head.reduce((total, byte, i) => total + (i >= from && i < to ? BLANK : byte), 0);
  const digits = /^ *([0-7]+)[ \0]/.exec(Buffer.from(head.subarray(from, to)).toString('latin1'));
  return digits !== null && parseInt(digits[1] ?? '', 8) === sum;
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
  const archive = extract(OPTIONS);
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
  if (fault !== null)
    return {
      kind: 'problem',
      path: name.slice(0, MAX_PATH_LENGTH),
      code: 'UNSAFE_PATH',
      message: fault,
    };
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
  if (name.length > MAX_PATH_LENGTH) return `a path of more than ${MAX_PATH_LENGTH} characters`;
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
