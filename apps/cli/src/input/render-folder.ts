import { spawn } from 'node:child_process';
import { InputError, UsageError } from '../command-error.js';

const PLACEHOLDER = '{dir}';
/** Of what a failed command said, the end is shown. */
const SHOWN_CHARACTERS = 2_000;

/**
 * Renders a folder with a command of the user, and resolves to what it printed. No shell takes part: the command is split
 * into words at blanks, quotes keep a word together, and the folder is put into a word as it is, whatever its name.
 * @throws InputError when the command fails.
 */
export async function renderFolder(
  command: string,
  folder: string,
  workingDirectory: string,
): Promise<Buffer> {
  const [program, ...args] = renderWords(command, folder);
  if (program === undefined) throw new UsageError('--render needs a command', 'diff');
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: workingDirectory,
      shell: false,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-SHOWN_CHARACTERS);
    });
    child.once('error', (error) =>
      reject(new InputError(`--render: ${program} cannot be run: ${error.message}`)),
    );
    child.once('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(chunks));
      else
        reject(
          new InputError(
            `--render: ${program} ended with ${code ?? signal ?? 'nothing'} for ${folder}\n${said.trimEnd()}`,
          ),
        );
    });
  });
}

/** @throws UsageError for a command without the place of the folder, and for a quote that does not end. */
export function renderWords(command: string, folder: string): string[] {
  const words = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const bare = command.replaceAll(/"[^"]*"|'[^']*'/g, '');
  if (/["']/.test(bare)) throw new UsageError('--render: a quote does not end', 'diff');
  if (!command.includes(PLACEHOLDER))
    throw new UsageError(`--render needs ${PLACEHOLDER} where the folder belongs`, 'diff');
  // A name that begins with a dash must not be taken for an option.
  const safe = folder.startsWith('-') ? `./${folder}` : folder;
  return words.map((word) =>
    word
      .replaceAll(
        /"([^"]*)"|'([^']*)'/g,
        (_, double?: string, single?: string) => double ?? single ?? '',
      )
      .replaceAll(PLACEHOLDER, () => safe),
  );
}
