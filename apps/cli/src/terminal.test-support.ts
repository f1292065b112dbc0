import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommandLine } from './run-command-line.js';
import type { Terminal } from './terminal.js';

/** What a command did. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

/** A folder of its own, with files by their paths. */
export class TryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'portolan-cli-'));

  write(files: Readonly<Record<string, string | Buffer>>): this {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true });
      writeFileSync(join(this.path, path), content);
    }
    return this;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  /** Runs a command line there, in this process. */
  async run(
    args: readonly string[],
    fields: Partial<Terminal> & { input?: string } = {},
  ): Promise<Ran> {
    let [out, errors] = ['', ''];
    const { input = '', ...rest } = fields;
    const code = await runCommandLine(args, {
      stdin: piecesOf(input),
      write: (text) => {
        out += text;
        return Promise.resolve(true);
      },
      writeError: (text) => {
        errors += text;
      },
      isErrorTerminal: false,
      hasColours: false,
      workingDirectory: this.path,
      today: '2026-03-01',
      server: null,
      token: null,
      ...rest,
    });
    return { code, out, errors };
  }
}

async function* piecesOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

const deployment = (namespace: string, name: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: main }] } }
`;

/** Three workloads in two namespaces. */
export const WORKLOADS =
  deployment('shop', 'web') + deployment('shop', 'cart') + deployment('data', 'db');

/** Lets the cart of the shop reach the database, and nobody else. */
export const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  namespace: data
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }
          podSelector: { matchLabels: { app: cart } }
      ports: [{ port: 5432 }]
`;

/** The same with a dash too many, so that all of the shop may. */
export const STRAY_DASH = POLICY.replace('          podSelector', '        - podSelector');

/** The same, open to the internet on line 13. */
export const OPEN = POLICY.replace(
  '      ports',
  '        - ipBlock: { cidr: 0.0.0.0/0 }\n      ports',
);
