import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programFile } from '../../../test/support/programs.js';
import { OPEN, POLICY, type Ran, TryFolder, WORKLOADS } from './terminal.test-support.js';

let folder: TryFolder;
beforeEach(() => {
  folder = new TryFolder().write({
    'base/all.yaml': `${POLICY}---\n${WORKLOADS}`,
    'head/all.yaml': `${OPEN}---\n${WORKLOADS}`,
  });
});
afterEach(() => folder.remove());

/** Runs the program in a process of its own, as it is started from a shell. */
function run(args: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(process.execPath, [programFile('portolan'), ...args], {
    cwd: folder.path,
    env: {},
  });
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
    const { metafile } = await build({
      entryPoints: [fileURLToPath(new URL('./main.ts', import.meta.url))],
      bundle: true,
      write: false,
      metafile: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
    });
    const loaded = Object.entries(metafile.inputs).flatMap(([file, { imports }]) => [
      file,
      ...imports.map(({ path }) => path),
    ]);
    expect(loaded).toContain('libs/engine/src/index.ts');
    expect(
      loaded.filter((path) =>
        /^(?:@nestjs|@prisma|pg|piscina|express|@?graphql)(?:\/|$)|libs\/(?:store|pool)/.test(path),
      ),
    ).toEqual([]);
  });
});
