import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { MISSING_NAMESPACE } from './np104-missing-namespace.js';

const bare = (text: string): string => text.replaceAll(', namespace: shop', '');
const policies = ['a', 'b'].map((name) => policy('shop', name, 'podSelector: {}')).join('');

describe('NP104', () => {
  it('tells once for each kind', async () => {
    const text = bare(policies + deployment('shop', 'web')) + deployment('data', 'db');
    expect(await findingsOf(MISSING_NAMESPACE, text)).toMatchObject([
      { object: 'NetworkPolicy', severity: 'LOW', occurrences: 2 },
      { object: 'Deployment', severity: 'INFO', occurrences: 1 },
    ]);
  });

  it('is content with a folder that is rendered for one namespace', async () => {
    const text = namespace('shop') + bare(policies + deployment('shop', 'web'));
    expect(await findingsOf(MISSING_NAMESPACE, text)).toEqual([]);
  });
});
