import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPEN, POLICY, type Ran, TryFolder, WORKLOADS } from './terminal.test-support.js';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const MAIN = path('./main.ts');
const ROOT = path('../../../');

let folder: TryFolder;
beforeEach(() => {
  folder = new TryFolder().write({
    'base/all.yaml': `${POLICY}---\n${WORKLOADS}`,
    'head/all.yaml': `${OPEN}---\n${WORKLOADS}`,
  });
});
afterEach(() => folder.remove());

/** Runs the program in a process of its own, as it is started from a shell. */
function run(args: readonly string[], input = '', flags: readonly string[] = []): Promise<Ran> {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), ...flags, MAIN, ...args],
    {
      cwd: folder.path,
      env: { TSX_TSCONFIG_PATH: `${ROOT}tsconfig.json` },
    },
  );
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, out, errors }));
  });
}

describe('the program portolan', () => {
  it('ends with 0, 1 or 2, and writes the same bytes on every run', async () => {
    const args = ['diff', '--base', 'base', '--head', 'head', '-o', 'sarif'];
    const [first, second] = await Promise.all([run(args), run(args)]);
    expect([first.code, first.errors]).toEqual([1, '']);
    expect(
      JSON.parse(first.out).runs[0].results[0].locations[0].physicalLocation.region.startLine,
    ).toBe(13);
    expect(second.out).toBe(first.out);
    expect((await run(['diff', '--base', 'head', '--head', 'head'])).code).toBe(0);
    const missing = await run(['diff', '--base', 'nowhere', '--head', 'head']);
    expect([missing.code, missing.out]).toEqual([2, '']);
  });

  it('reads standard input', async () => {
    const { code, out } = await run(
      ['query', '-', 'who-can-reach', 'data/db'],
      `${POLICY}---\n${WORKLOADS}`,
    );
    expect(code).toBe(0);
    expect(out).toContain('(stdin:11)');
  });

  it('loads nothing of the server', async () => {
    const { code, errors } = await run(['list', 'base', '-o', 'json'], '', [
      '--import',
      `data:text/javascript,${encodeURIComponent(HOOK)}`,
    ]);
    expect(code).toBe(0);
    const loaded = errors.split('\n').filter((line) => line.startsWith('loaded '));
    expect(loaded.length).toBeGreaterThan(10);
    expect(
      loaded.filter((line) =>
        /@nestjs|@prisma|\/pg\/|piscina|express|graphql|libs\/(?:store|pool)/.test(line),
      ),
    ).toEqual([]);
  });
});

/** Prints the URL of every module that is loaded. */
const HOOK = `
import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(\`
  import { writeSync } from 'node:fs';
  export async function load(url, context, next) {
    writeSync(2, 'loaded ' + url + '\\\\n');
    return next(url, context);
  }
\`));
`;
