import { readFileSync } from 'node:fs';
import { CAVEAT_CODES } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { toCaveatModels } from './caveat.mapper.js';

describe('caveats', () => {
  it('are told once each, in the order in which they come', () => {
    const [host, other] = [
      { code: 'HOST_NETWORK', message: 'a' },
      { code: 'HOST_NETWORK', message: 'b' },
    ] as const;
    expect(toCaveatModels([host, other], [other, host]).map(({ message }) => message)).toEqual([
      'a',
      'b',
    ]);
  });

  it('each have a section in the documentation', () => {
    const path = new URL('../../../../docs/caveats.md', import.meta.url);
    const headings = readFileSync(path, 'utf8').match(/^## .+$/gm);
    expect(headings).toEqual(CAVEAT_CODES.map((code) => `## ${code}`));
    const [model] = toCaveatModels([{ code: 'HOST_NETWORK', message: '' }]);
    expect(model?.docsUrl).toBe('/docs/caveats#host_network');
  });
});
