import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { NO_DEFAULT_DENY } from './np503-no-default-deny.js';

const SHOP = namespace('shop') + deployment('shop', 'web');

describe('NP503', () => {
  it('finds a namespace in which policies select some pods only', async () => {
    const web = policy('shop', 'web', 'podSelector: { matchLabels: { app: web } }');
    expect(await findingsOf(NO_DEFAULT_DENY, SHOP + web)).toMatchObject([
      { object: 'Namespace shop', severity: 'MEDIUM' },
    ]);
  });

  it('is content with an empty namespace, and leaves one direction to NP504', async () => {
    expect(await findingsOf(NO_DEFAULT_DENY, namespace('empty'))).toEqual([]);
    const all = policy('shop', 'deny', 'podSelector: {}');
    expect(await findingsOf(NO_DEFAULT_DENY, SHOP + all)).toEqual([]);
  });
});
