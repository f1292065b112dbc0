import { profileOf } from '@portolan/engine';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { analyseFiles } from '../../../../test/support/analyse.js';
import { findAll } from '../find-all.js';
import type { FindingRule } from '../finding-rule.js';
import { deployment, findingsOf, namespace, policy } from '../findings.test-support.js';
import { LABEL_NEAR_MISS } from '../rules/selector/np204-label-near-miss.js';
import { NAMESPACE_NAME_LABEL_MISSING } from '../rules/selector/np205-namespace-name-label.js';
import { OR_INSTEAD_OF_AND } from '../rules/selector/np206-or-instead-of-and.js';
import { POD_SELECTOR_OTHER_NAMESPACE } from '../rules/selector/np207-pod-selector-other-namespace.js';
import { SPOOFABLE_PEER } from '../rules/selector/np208-spoofable-peer.js';

const CLUSTER =
  namespace('shop') +
  deployment('shop', 'web') +
  namespace('ops', 'team: ops') +
  deployment('ops', 'prometheus') +
  deployment('ops', 'jumphost');
const PODS = 'podSelector: { matchLabels: { app: prometheus } }';
const OPS = 'namespaceSelector: { matchLabels: { team: ops } }';

/** The policy (its own document) with the edits of the only finding made. */
async function mended(rule: FindingRule, written: string): Promise<string> {
  const { content, analysis, sources } = await analyseFiles([
    { path: 'cluster.yaml', text: CLUSTER + written },
  ]);
  const { profile } = profileOf(analysis.view, true);
  const found = findAll(
    { analysis, profile, isComplete: true, problems: content.problems, base: null, sources },
    [rule],
  );
  expect(found).toHaveLength(1);
  const edits = found[0]!.fix?.edits ?? [];
  expect(edits).not.toHaveLength(0);
  const documents = parseAllDocuments(written);
  if (!Array.isArray(documents)) throw new Error('no documents');
  const document = documents[0]!;
  for (const edit of edits)
    if (edit.op === 'set') document.setIn(edit.path, document.createNode(edit.value));
    else document.deleteIn(edit.path);
  return document.toString();
}

const cases: [name: string, rule: FindingRule, peers: string, mendedPeers: unknown][] = [
  [
    'NP204',
    LABEL_NEAR_MISS,
    `{ ${OPS}, podSelector: { matchLabels: { app: prometehus } } }`,
    [
      {
        namespaceSelector: { matchLabels: { team: 'ops' } },
        podSelector: { matchLabels: { app: 'prometheus' } },
      },
    ],
  ],
  [
    'NP205',
    NAMESPACE_NAME_LABEL_MISSING,
    '{ namespaceSelector: { matchLabels: { name: ops } } }',
    [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } }],
  ],
  ...[`{ ${OPS} }, { ${PODS} }`, `{ ${PODS} }, { ${OPS} }`].map(
    (peers): [string, FindingRule, string, unknown] => [
      'NP206',
      OR_INSTEAD_OF_AND,
      peers,
      [
        {
          namespaceSelector: { matchLabels: { team: 'ops' } },
          podSelector: { matchLabels: { app: 'prometheus' } },
        },
      ],
    ],
  ),
  ...[POD_SELECTOR_OTHER_NAMESPACE, SPOOFABLE_PEER].map(
    (rule): [string, FindingRule, string, unknown] => [
      rule.id,
      rule,
      rule === SPOOFABLE_PEER ? `{ namespaceSelector: {}, ${PODS} }` : `{ ${PODS} }`,
      [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } },
          podSelector: { matchLabels: { app: 'prometheus' } },
        },
      ],
    ],
  ),
];

describe('fixes of selectors', () => {
  it.each(cases)('%s: its edits say what was meant', async (_name, rule, peers, expected) => {
    const text = await mended(
      rule,
      policy(
        'shop',
        'web',
        `podSelector: { matchLabels: { app: web } }, ingress: [{ from: [${peers}] }]`,
      ),
    );
    const [document] = parseAllDocuments(text);
    expect(document?.toJS()).toMatchObject({ spec: { ingress: [{ from: expected }] } });
    expect(await findingsOf(rule, CLUSTER + text)).toEqual([]);
  });
});
