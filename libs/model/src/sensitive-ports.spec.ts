import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SENSITIVE_PORTS, sensitivePorts } from './sensitive-ports.js';
import { ALL_TRAFFIC } from './traffic.js';

describe('sensitivePorts', () => {
  it('are found in ranges, of their protocol', () => {
    const found = sensitivePorts([
      { protocol: 'TCP', from: 2380, to: 3306 },
      { protocol: 'UDP', from: 5432, to: 5432 },
    ]);
    expect(found.map(({ service }) => service)).toEqual(['etcd', 'MySQL']);
    expect(sensitivePorts(ALL_TRAFFIC)).toEqual(SENSITIVE_PORTS);
  });

  it('are those that the manual lists', () => {
    const manual = readFileSync(new URL('../../../docs/REVIEW.md', import.meta.url), 'utf8');
    for (const { from, to, service } of SENSITIVE_PORTS)
      expect(manual).toContain(`${from === to ? from : `${from}–${to}`} (${service})`);
  });
});
