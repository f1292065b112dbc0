import { describe, expect, it } from 'vitest';
import { findingsOf, policy } from '../../findings.test-support.js';
import { PROBLEMS_OMITTED } from './np904-problems-omitted.js';

const TEXT = policy('shop', 'web', 'podSelector: {}');

describe('NP904', () => {
  it('says how many problems are missing', async () => {
    const [found] = await findingsOf(PROBLEMS_OMITTED, TEXT, { problemsOmitted: 7 });
    expect(found).toMatchObject({ severity: 'INFO' });
    expect(found?.message).toContain('7');
  });

  it('is content where all are kept', async () => {
    expect(await findingsOf(PROBLEMS_OMITTED, TEXT)).toEqual([]);
  });
});
