import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FakeHttpServer, json } from '../support/fake-http-server.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TOKEN = 'glpat-0123456789';

interface Job {
  readonly rules: readonly { readonly if: string }[];
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts: { readonly when: string; readonly reports: Readonly<Record<string, string>> };
}
const template = parse(readFileSync(join(ROOT, 'ci/gitlab/portolan.gitlab-ci.yml'), 'utf8')) as {
  readonly portolan: Job;
};
const { portolan: job } = template;

const WORKLOADS = ['shop/web', 'shop/cart', 'data/db']
  .map((path) => path.split('/') as [string, string])
  .map(
    ([namespace, name]) => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: main }] } }
`,
  )
  .join('');
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: data }
spec:
  podSelector: {}
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }
          podSelector: { matchLabels: { app: cart } }
`;

interface Note {
  readonly id: number;
  readonly author: { readonly username: string };
  body: string;
}

let folder: string;
let gitlab: FakeHttpServer;
let notes: Note[];
let bases: readonly string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-gitlab-'));
  notes = [];
  gitlab = await FakeHttpServer.start();
  gitlab.reply((response, asked) => {
    expect(asked.headers['private-token']).toBe(TOKEN);
    const { pathname, searchParams } = new URL(asked.path, 'http://x');
    const id = Number(/notes\/(\d+)$/.exec(pathname)?.[1] ?? 0);
    const body = asked.body.length === 0 ? '' : String(JSON.parse(asked.body.toString()).body);
    if (pathname === '/user') json(200, { username: 'bot' })(response, asked);
    else if (asked.method === 'GET') {
      const page = Number(searchParams.get('page'));
      json(200, notes.slice((page - 1) * 100, page * 100))(response, asked);
    } else {
      if (asked.method === 'POST') addNote(body, 'bot');
      for (const note of notes) if (note.id === id && asked.method === 'PUT') note.body = body;
      if (asked.method === 'DELETE') notes = notes.filter((note) => note.id !== id);
      json(200, {})(response, asked);
    }
  });
  const repository = { 'deploy/all.yaml': WORKLOADS, 'deploy/db.yaml': POLICY };
  write('project', repository);
  const head = {
    'deploy/db.yaml': POLICY.replace('          podSelector', '        - podSelector'),
  };
  // npx as the job calls it, with the bundle in place of a package.
  write('bin', {
    npx: `#!/bin/sh\n[ "$1 $2 $4" = "--yes --package portolan" ] || exit 9\nshift 4\nexec "${process.execPath}" "${ROOT}action/dist/portolan.mjs" "$@"\n`,
  });
  chmodSync(join(folder, 'bin/npx'), 0o755);
  const git = 'git -c user.name=x -c user.email=x@example.org';
  await shell(
    `git init -q . && git add . && ${git} commit -qm base && git rev-parse HEAD > ../base`,
  );
  bases = [readFileSync(join(folder, 'base'), 'utf8').trim()];
  write('project', head);
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await gitlab.close();
});

function write(within: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, within, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

function addNote(body: string, username: string): Note {
  const note = { id: notes.length + 1, author: { username }, body };
  notes.unshift(note);
  return note;
}

function shell(script: string, variables: Readonly<Record<string, string>> = {}) {
  const child = spawn('sh', ['-e', '-c', script], {
    cwd: join(folder, 'project'),
    env: { ...process.env, PATH: `${folder}/bin:${process.env.PATH ?? ''}`, ...variables },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise<{ code: number; output: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, output }));
  });
}

/** Runs the job's script as a runner does, all of it in one shell. */
function run(variables: Readonly<Record<string, string>> = {}) {
  return shell(job.script.join('\n'), {
    ...job.variables,
    PORTOLAN_PACKAGE: 'portolan.tgz',
    PORTOLAN_PATH: 'deploy',
    PORTOLAN_FAIL_ON: 'new-cross-namespace-access',
    PORTOLAN_GITLAB_TOKEN: TOKEN,
    CI_API_V4_URL: gitlab.url,
    CI_PROJECT_ID: '12',
    CI_MERGE_REQUEST_IID: '7',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: bases[0] ?? '',
    PORTOLAN_BASE_PATH: '',
    ...variables,
  });
}

/** The repository is its own origin. */
const addOrigin = () => shell('git remote add origin "$PWD"');

describe('the template for GitLab', () => {
  it('is one job for merge requests with reports that GitLab shows', () => {
    expect(Object.keys(template)).toEqual(['portolan']);
    expect(job.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]);
    expect(job.artifacts).toMatchObject({
      when: 'always',
      reports: {
        codequality: 'portolan-report/code-quality.json',
        junit: 'portolan-report/junit.xml',
      },
    });
  });

  it('fails for a stray dash, writes its reports, and a note once', async () => {
    await addOrigin();
    const { code, output } = await run();
    expect(output).toContain('Failed: new-cross-namespace-access');
    expect(code).toBe(1);
    const [entry] = JSON.parse(
      readFileSync(join(folder, 'project', job.artifacts.reports.codequality ?? ''), 'utf8'),
    );
    expect(entry.location).toEqual({ path: 'deploy/db.yaml', lines: { begin: 8 } });
    expect(notes.map(({ body }) => body.split('\n')[0])).toEqual([
      '<!-- portolan-review:offline:deploy -->',
    ]);
    await run();
    expect(notes).toHaveLength(1);
  });

  it('finds its note on the second page, and leaves those of others', async () => {
    await addOrigin();
    const marker = '<!-- portolan-review:offline:deploy -->';
    const ours = addNote(`${marker}\nold`, 'bot');
    for (let i = 0; i < 120; i++) addNote(`talk ${i}`, 'somebody');
    const forged = addNote(`${marker}\nforged`, 'mallory');
    await run();
    expect([ours.body.includes('Failed'), forged.body, notes.length]).toEqual([
      true,
      `${marker}\nforged`,
      122,
    ]);
    await run({ PORTOLAN_COMMENT_MODE: 'recreate' });
    expect(notes.filter(({ author }) => author.username === 'bot')).not.toContain(ours);
    expect(notes).toHaveLength(122);
  });

  it('passes on what could not be decided, and needs no note for its result', async () => {
    await addOrigin();
    expect((await run({ PORTOLAN_FAIL_ON: 'nope' })).code).toBe(2);
    expect((await run({ PORTOLAN_PACKAGE: '' })).code).toBe(2);
    gitlab.reply((response) => void response.writeHead(403).end());
    const { code, output } = await run({ PORTOLAN_FAIL_ON: 'none' });
    expect([code, output]).toEqual([0, expect.stringContaining('could not be written')]);
  });
});
