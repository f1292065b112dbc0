import fc from 'fast-check';
import { ALL_RULES, MENDED_RULES } from '@portolan/findings';
import { makePatch } from '@portolan/patch';
import type { FindingRow } from '@portolan/report';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { analyseFiles } from '../../../../test/support/analyse.js';
import { readExceptions } from '../exceptions/read-exceptions.js';
import { type CheckInput, checkSnapshot } from './check-snapshot.js';
import { openFixes } from './open-fixes.js';

const PATH = 'deploy/all.yaml';

const namespace = (name: string, labels = ''): string => `---
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }
`;
const workload = (namespace: string, name: string, ports = ''): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, ports: [${ports}] }] }
`;
const service = (ports: string): string => `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [${ports}] }
`;
const policy = (spec: string, name = 'web'): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { ${spec} }
`;
const from = (peers: string): string =>
  policy(
    `podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress], ingress: [{ from: [${peers}] }]`,
  );

const SHOP =
  namespace('shop') +
  workload('shop', 'web', '{ name: http, containerPort: 8080 }') +
  workload('shop', 'cart') +
  namespace('ops', 'team: ops') +
  workload('ops', 'prometheus') +
  workload('ops', 'jumphost');
const WEB = 'podSelector: { matchLabels: { app: web } }';
const CART = 'podSelector: { matchLabels: { app: cart } }';
const PODS = 'podSelector: { matchLabels: { app: prometheus } }';
const OPS = 'namespaceSelector: { matchLabels: { team: ops } }';

/** Manifests in which the rule finds something that it can mend. */
const CASES: readonly (readonly [rule: string, manifests: string])[] = [
  [
    'NP101',
    SHOP +
      policy(
        `${WEB}, policyTypes: [Ingress], ingress: [{ from: [{ ${CART} }], ports: [{ port: 8080, protocol: tcp }] }]`,
      ),
  ],
  ['NP101', SHOP + policy(`${WEB}, policyTypes: [ingress], ingress: [{ from: [{ ${CART} }] }]`)],
  [
    'NP103',
    SHOP +
      policy(`${WEB}, policyTypes: [Ingress]`).replace(
        'networking.k8s.io/v1',
        'extensions/v1beta1',
      ),
  ],
  ['NP106', SHOP + policy(`${WEB}, ingress: [{ from: [{ ${CART} }] }]`)],
  ['NP106', SHOP + policy(WEB) + policy(CART, 'cart')],
  [
    'NP107',
    SHOP +
      policy(
        `${WEB}, policyTypes: [Ingress], egress: [{ ports: [{ port: 53 }, { port: 53, protocol: UDP }] }]`,
      ),
  ],
  ['NP108', SHOP + policy(`${WEB}, egress: []`)],
  ['NP109', SHOP + policy(`${WEB}, policyTypes: [Ingress, Egress], ingress: [{}]`)],
  [
    'NP110',
    SHOP +
      policy(
        `${WEB}, policyTypes: [Ingress], ingress: [{ from: [{ ${CART} }] }, { ports: [{ port: 8080 }] }]`,
      ),
  ],
  [
    'NP110',
    SHOP +
      policy(
        `${WEB}, policyTypes: [Ingress], ingress: [{ ports: [{ port: 8080, protocol: TCP }] }, { from: [{ ${CART} }] }]`,
      ),
  ],
  [
    'NP111',
    SHOP.replace('labels: { app: web } }', 'labels: { app: web, zone: "1.1" } }') +
      policy('podSelector: { matchLabels: { app: web, zone: 1.1 } }, policyTypes: [Ingress]'),
  ],
  [
    'NP111',
    SHOP +
      workload('shop', 'db').replace(
        'labels: { app: db }',
        'labels: { app: db, app.kubernetes.io/version: 2 }',
      ),
  ],
  ['NP204', SHOP + from(`{ ${OPS}, podSelector: { matchLabels: { app: prometehus } } }`)],
  ['NP205', SHOP + from('{ namespaceSelector: { matchLabels: { name: ops } } }')],
  ['NP206', SHOP + from(`{ ${OPS} }, { ${PODS} }`)],
  ['NP206', SHOP + from(`{ ${PODS} }, { ${OPS} }`)],
  ['NP207', SHOP + from(`{ ${PODS} }`)],
  ['NP208', SHOP + from(`{ namespaceSelector: {}, ${PODS} }`)],
  [
    'NP301',
    SHOP +
      service('{ port: 80, targetPort: http }') +
      policy(
        `${WEB}, policyTypes: [Ingress], ingress: [{ from: [{ ${CART} }], ports: [{ port: 443 }, { port: 80 }] }]`,
      ),
  ],
  [
    'NP303',
    namespace('shop') +
      workload('shop', 'web', '{ name: dns, containerPort: 53, protocol: UDP }') +
      policy(`${WEB}, policyTypes: [Ingress], ingress: [{ ports: [{ port: dns }] }]`),
  ],
  [
    'NP306',
    SHOP +
      policy(
        `${WEB}, policyTypes: [Ingress], ingress: [{ from: [{ ${CART} }], ports: [{ port: 8080 }, { port: 8081 }] }]`,
      ),
  ],
  [
    'NP307',
    SHOP +
      policy(
        'podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 53, protocol: UDP }] }]',
      ),
  ],
  [
    'NP407',
    SHOP +
      policy(
        'podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }, { ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }]',
      ),
  ],
  [
    'NP407',
    SHOP +
      policy(
        'podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }]',
      ),
  ],
  [
    'NP410',
    SHOP +
      policy(
        'podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 10.1.0.1/8, except: [10.2.0.1/16] } }] }]',
      ),
  ],
  [
    'NP701',
    SHOP +
      policy(
        `${WEB}, policyTypes: [Ingress], ingress: [{ from: [{ ${CART} }] }, { from: [{ ${CART} }], ports: [{ port: 8080 }] }]`,
      ),
  ],
  [
    'NP701',
    SHOP +
      policy(`podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ${CART} }] }]`, 'all') +
      policy(
        `${WEB}, egress: [{ to: [{ ${CART} }] }], policyTypes: [Egress], ingress: [{ from: [{ ${CART} }] }]`,
      ).replace(', policyTypes: [Egress]', ''),
  ],
];

interface Style {
  readonly isFlow: boolean;
  readonly areDashesIndented: boolean;
  readonly isCrlf: boolean;
  readonly hasEnd: boolean;
  /** Columns of comments between lines; none for a line where it is null. */
  readonly comments: readonly (number | null)[];
}

const style: fc.Arbitrary<Style> = fc.record({
  isFlow: fc.boolean(),
  areDashesIndented: fc.boolean(),
  isCrlf: fc.boolean(),
  hasEnd: fc.boolean(),
  comments: fc.array(fc.option(fc.nat(12)), { minLength: 7, maxLength: 7 }),
});

/** Manifests in another style, with a comment behind every line, and between some. */
function restyled(manifests: string, style: Style): string {
  const documents = parseAllDocuments(manifests);
  if (!Array.isArray(documents)) throw new Error('no documents');
  const text = documents
    .map((document) =>
      document.toString({
        collectionStyle: style.isFlow ? 'flow' : 'block',
        indentSeq: style.areDashesIndented,
        directives: true,
      }),
    )
    .join('');
  const lines = text
    .trimEnd()
    .split('\n')
    .flatMap((line, i) => {
      const column = style.comments[i % style.comments.length] ?? null;
      return [
        ...(column === null ? [] : [`${' '.repeat(column + 1)}# above ${i}.`]),
        `${line} # at ${i}.`,
      ];
    });
  const end = style.hasEnd ? '\n' : '';
  return (lines.join('\n') + end).replaceAll('\n', style.isCrlf ? '\r\n' : '\n');
}

async function checked(
  text: string,
  more: Partial<CheckInput> = {},
): Promise<[CheckInput, FindingRow[]]> {
  const { content, analysis } = await analyseFiles([{ path: PATH, text }]);
  const input: CheckInput = {
    state: { name: '.', content, analysis },
    isComplete: true,
    settings: new Map(),
    profile: {},
    failOn: 'HIGH',
    minSeverity: 'INFO',
    exceptions: [],
    baseline: new Set(),
    today: '2026-03-01',
    maxOthers: Infinity,
    ...more,
  };
  return [input, [...checkSnapshot(input).findings]];
}

function patched(text: string, input: CheckInput, rule: string) {
  return makePatch(new Map([[PATH, Buffer.from(text)]]), openFixes(input, new Set([rule])));
}

const LOST = 'has comments that would be lost';
const commentsOf = (text: string): string[] => text.match(/# (?:at|above) \d+\./g) ?? [];

describe('openFixes', () => {
  it.each(CASES)(
    '%s: a patch mends it, whatever the style, and keeps comments',
    async (rule, manifests) => {
      await fc.assert(
        fc.asyncProperty(style, async (style) => {
          const text = restyled(manifests, style);
          const [input, before] = await checked(text);
          expect(before.some((row) => row.rule === rule)).toBe(true);
          const patch = patched(text, input, rule);
          // Braces that end up as one have no room for comments between them.
          if (style.isFlow && patch.leftOut.some(({ why }) => why === LOST)) return;
          expect(patch.leftOut.map(({ why }) => why)).toEqual([]);
          expect(patch.made.length).toBeGreaterThan(0);
          const next = patch.files[0]!.content;
          const [again, after] = await checked(next);
          expect(openFixes(again, new Set([rule]))).toEqual([]);
          const known = new Set(before.map(({ fingerprint }) => fingerprint));
          const news = after.filter(
            ({ severity, fingerprint }) =>
              (severity === 'HIGH' || severity === 'CRITICAL') && !known.has(fingerprint),
          );
          expect(news.map(({ message }) => message)).toEqual([]);
          const lost = commentsOf(text).length - commentsOf(next).length;
          // What is beside a rule that goes, goes with it.
          expect(lost).toBeLessThanOrEqual(
            rule === 'NP701' ? (patch.text.match(/^-(?!--)/gm) ?? []).length : 0,
          );
          expect(next.endsWith('\n')).toBe(style.hasEnd);
          expect(/(?<!\r)\n/.test(next)).toBe(!style.isCrlf);
        }),
        { numRuns: 8 },
      );
    },
  );

  it('has a case for every rule that offers a patch, and no other rule offers one', async () => {
    expect([...MENDED_RULES].sort()).toEqual([...new Set(CASES.map(([rule]) => rule))].sort());
    const all = new Set(ALL_RULES.map(({ id }) => id));
    for (const [, manifests] of CASES) {
      const [input] = await checked(manifests);
      for (const { rule } of openFixes(input, all)) expect(MENDED_RULES).toContain(rule);
    }
  });

  it('makes the fixes of all rules together, and says which do not go together', async () => {
    for (const [rule, manifests] of CASES) {
      const [input] = await checked(manifests);
      const fixes = openFixes(input, MENDED_RULES);
      const patch = makePatch(new Map([[PATH, Buffer.from(manifests)]]), fixes);
      expect(patch.made.length + patch.leftOut.length).toBe(fixes.length);
      expect(patch.made.map((fix) => fix.rule)).toContain(rule);
      const [again] = await checked(patch.files[0]!.content);
      const left = new Set(openFixes(again, MENDED_RULES).map((fix) => fix.rule));
      expect([...left].filter((one) => patch.made.some((fix) => fix.rule === one))).toEqual([]);
    }
  });

  it('leaves what is silenced, accepted, known, less grave or off as it is', async () => {
    const [, text] = CASES.find(([rule]) => rule === 'NP110')!;
    const rules = new Set(['NP110']);
    const [input, before] = await checked(text);
    expect(openFixes(input, rules)).toHaveLength(1);
    const known = new Set(before.map(({ fingerprint }) => fingerprint));
    const match = '{ finding: { rule: NP110, object: NetworkPolicy shop/web } }';
    const read = readExceptions(
      `apiVersion: portolan/v1\nexceptions:\n  - { id: a, reason: Known, expires: 2026-03-02, match: ${match} }\n`,
      'e.yaml',
    );
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const silenced = text.replace(
      'metadata: { name: web, namespace: shop }\nspec: { podSelector',
      'metadata: { name: web, namespace: shop, annotations: { portolan.dev/ignore: NP110=known } }\nspec: { podSelector',
    );
    expect(silenced).not.toBe(text);
    for (const [changed, more] of [
      [text, { baseline: known }],
      [text, { exceptions: read.exceptions }],
      [text, { settings: new Map([['NP110', 'off']]) }],
      [text, { settings: new Map([['NP110', 'LOW']]), minSeverity: 'MEDIUM' }],
      [silenced, {}],
    ] as [string, Partial<CheckInput>][])
      expect(openFixes((await checked(changed, more))[0], rules)).toEqual([]);
  });

  it('mends each of the objects that a finding has, at its own place', async () => {
    const ports = (list: string): string =>
      `policyTypes: [Ingress], ingress: [{ from: [{ ${CART} }], ports: [${list}] }]`;
    const text =
      SHOP +
      policy(`${WEB}, ${ports('{ port: 1, protocol: TCP }, { port: 2 }')}`) +
      policy(`${CART}, ${ports('{ port: 3 }')}`, 'cart');
    const [input] = await checked(text);
    const { files, made } = patched(text, input, 'NP306');
    expect(made).toHaveLength(2);
    expect(files[0]?.content).toBe(
      text
        .replace('{ port: 2 }', '{ port: 2, protocol: TCP }')
        .replace('{ port: 3 }', '{ port: 3, protocol: TCP }'),
    );
  });
});
