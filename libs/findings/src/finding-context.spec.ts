import { profileOf } from '@portolan/engine';
import { SourceView } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../test/support/analyse.js';
import { findAll } from './find-all.js';
import type { FindingInput } from './finding-context.js';
import type { FindingRule } from './finding-rule.js';
import { deployment, namespace, policy } from './findings.test-support.js';
import { DNS } from './rules/dependency/dependency.test-support.js';
import { DNS_EGRESS_MISSING } from './rules/dependency/np601-dns-egress-missing.js';
import { ONE_SIDED_ALLOW } from './rules/isolation/np506-one-sided-allow.js';

const TO_PODS = '{ to: [{ namespaceSelector: {} }]';
const CLUSTER = [
  namespace('shop') + deployment('shop', 'web') + deployment('shop', 'db') + DNS,
  policy(
    'shop',
    'web',
    `podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [${TO_PODS}, ports: [{ port: 53, protocol: UDP }] }]`,
  ),
  policy(
    'shop',
    'db',
    `podSelector: { matchLabels: { app: db } }, policyTypes: [Egress], egress: [${TO_PODS}, ports: [{ port: 8053 }] }]`,
  ),
].join('');

/** Leaves more sets of traffic than are kept. */
const MANY_SETS: FindingRule = {
  ...DNS_EGRESS_MISSING,
  find: ({ analysis: { traffic } }) => {
    for (let port = 1; port < 65_535; port++) traffic.range(0, port, port);
  },
};

describe('FindingContext', () => {
  async function input(): Promise<FindingInput> {
    const { content, analysis } = await analyseFiles([{ path: 'a.yaml', text: CLUSTER }]);
    const blocks = content.parts.map(({ namespace: name, sources }) => ({
      namespace: name,
      ...sources,
    }));
    return {
      analysis,
      profile: profileOf(analysis.view, true).profile,
      isComplete: true,
      problems: content.problems,
      base: null,
      sources: new SourceView(analysis.view, blocks),
    };
  }

  it('keeps nothing that means traffic of an earlier rule', async () => {
    const alone = findAll(await input(), [DNS_EGRESS_MISSING]);
    expect(alone).toHaveLength(1);
    const rules = [DNS_EGRESS_MISSING, MANY_SETS, ONE_SIDED_ALLOW, MANY_SETS, DNS_EGRESS_MISSING];
    expect(findAll(await input(), rules)).toEqual([...alone, ...alone]);
  });
});
