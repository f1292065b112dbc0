import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUNDLE = fileURLToPath(new URL('../../../action/dist/main.mjs', import.meta.url));

/** What a run left behind. */
export interface ActionRun {
  readonly code: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** A workspace of a runner with two checkouts, `base` and `head`. */
export class Workspace {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-action-')));
  #runs = 0;

  write(files: Readonly<Record<string, string>>): this {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true });
      writeFileSync(join(this.path, path), content);
    }
    return this;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  /** Runs the committed bundle as a runner does: inputs in the environment, and files for what it says. */
  async run(
    inputs: Readonly<Record<string, string>>,
    apiUrl: string,
    event: object = PULL_REQUEST,
  ): Promise<ActionRun> {
    const folder = join(this.path, `run-${++this.#runs}`);
    this.write({ [`run-${this.#runs}/event.json`]: JSON.stringify(event) });
    const files = {
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    };
    const named = Object.entries({ ...USUAL_INPUTS, ...inputs }).map(([name, value]) => [
      `INPUT_${name.toUpperCase()}`,
      value,
    ]);
    const child = spawn(process.execPath, [BUNDLE], {
      cwd: this.path,
      env: {
        GITHUB_WORKSPACE: this.path,
        GITHUB_REPOSITORY: 'shop/deploy',
        GITHUB_API_URL: apiUrl,
        GITHUB_EVENT_PATH: join(folder, 'event.json'),
        RUNNER_TEMP: folder,
        ...files,
        ...(Object.fromEntries(named) as Record<string, string>),
      },
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (log += chunk.toString()));
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => resolve(status ?? -1));
    });
    const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    return {
      code,
      log,
      outputs: outputsIn(read(files.GITHUB_OUTPUT)),
      summary: read(files.GITHUB_STEP_SUMMARY),
    };
  }
}

/** The token of the runner; it must not be seen anywhere. */
export const GITHUB_TOKEN = 'ghs_0123456789abcdef';

const USUAL_INPUTS = {
  'base-path': 'base',
  'head-path': 'head',
  paths: 'deploy',
  'exceptions-file': '.portolan/exceptions.yaml',
  'invariants-file': '.portolan/invariants.yaml',
  'config-file': '.portolan/config.yaml',
  'github-token': GITHUB_TOKEN,
};

const PULL_REQUEST = {
  pull_request: {
    number: 7,
    html_url: 'https://github.example/shop/deploy/pull/7',
    head: { sha: 'a'.repeat(40), ref: 'x`$(touch owned)`' },
  },
};

/** Values by name, as the runner reads them. */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [, name = '', , value = ''] of text.matchAll(/^(\S+)<<(\S+)\n([^]*?)\n\2\n/gm))
    outputs[name] = value;
  return outputs;
}
