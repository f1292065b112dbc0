import { describe, expect, it } from 'vitest';
import type { AllowedAccessRow } from './allowed-access-row.js';
import { writeDot } from './dot.js';
import { DB, OUTSIDE, pod, row, WEB } from './rows.test-support.js';

const statements = (...rows: readonly AllowedAccessRow[]): string[] =>
  [...writeDot(rows, [])].slice(1, -1).map((text) => text.trim());

describe('DOT export', () => {
  it('is a graph even without rows', () => {
    expect([...writeDot([], [])].join('')).toMatch(/^digraph "allowed access" \{[^{}]*\}\n$/);
  });

  it('says first what it rests on', () => {
    const caveats = [{ code: 'HOST_NETWORK', message: 'Two\nlines.' }] as const;
    expect([...writeDot([], caveats)][0]).toBe('// HOST_NETWORK: Two lines.\n');
  });

  it('states each endpoint once, before its first edge', () => {
    const back = row({
      source: DB,
      destination: WEB,
      traffic: [{ protocol: 'UDP', from: 1, to: 9 }],
    });
    expect(statements(row(), back, row({ source: OUTSIDE }))).toEqual([
      'n1 [label="shop/web\\nDeployment"];',
      'n2 [label="shop/db-0"];',
      'n1 -> n2 [label="TCP 5432"];',
      'n2 -> n1 [label="UDP 1-9"];',
      'n3 [label="internet\\n0.0.0.0/1\\n2001:db8::/32", shape=ellipse];',
      'n3 -> n2 [label="TCP 5432"];',
    ]);
  });

  it('tells endpoints of the same name apart', () => {
    const source = { kind: 'namespace', index: 4, name: 'shop/db-0' } as const;
    expect(statements(row({ source })).at(-1)).toMatch(/^n1 -> n2 /);
  });

  it.each([
    ['a"b', 'a\\"b'],
    ['a\\', 'a\\\\'],
    ['a\\N', 'a\\\\N'],
    ['"; evil [x=1]; "', '\\"; evil [x=1]; \\"'],
    ['two\r\nlines', 'two\\nlines'],
  ])('quotes %j', (name, quoted) => {
    expect(statements(row({ source: pod(name) }))[0]).toBe(`n1 [label="shop/${quoted}"];`);
  });
});
