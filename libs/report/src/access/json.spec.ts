import { describe, expect, it } from 'vitest';
import type { AllowedAccessRow } from './allowed-access-row.js';
import { writeJson } from './json.js';
import { DB, OUTSIDE, pod, row } from './rows.test-support.js';

const HEAD = {
  engineVersion: '7',
  groupBy: 'WORKLOAD',
  about: { digest: 'a"b' },
  caveats: [{ code: 'HOST_NETWORK', message: 'Some.' }],
} as const;

function document(rows: readonly AllowedAccessRow[]): unknown {
  return JSON.parse([...writeJson(rows, HEAD)].join(''));
}

describe('JSON export', () => {
  it('is one object with a head, rows and their number', () => {
    const head = {
      format: 'portolan.allowed-access/v1',
      engineVersion: '7',
      groupBy: 'WORKLOAD',
      snapshot: { digest: 'a"b' },
      caveats: HEAD.caveats,
    };
    const source = { kind: 'workload', namespace: 'shop', name: 'web', workloadKind: 'Deployment' };
    const destination = { kind: 'pod', namespace: 'shop', name: 'db-0' };
    const traffic = [{ protocol: 'TCP', from: 5432, to: 5432 }];
    expect(document([])).toEqual({ ...head, rows: [], rowCount: 0 });
    expect(document([row(), row()])).toEqual({
      ...head,
      rows: [
        { source, destination, traffic },
        { source, destination, traffic },
      ],
      rowCount: 2,
    });
  });

  it('writes the other kinds of endpoint', () => {
    const source = { kind: 'namespace', index: 1, name: 'shop' } as const;
    const selection = { kind: 'selection', text: 'app=web', pods: 3 } as const;
    expect(document([row({ source, destination: OUTSIDE }), row({ source: selection })])).toEqual(
      expect.objectContaining({
        rows: [
          expect.objectContaining({
            source: { kind: 'namespace', name: 'shop' },
            destination: OUTSIDE,
          }),
          expect.objectContaining({ source: selection }),
        ],
      }),
    );
  });

  it('is no JSON when it was cut short', () => {
    const pieces = [...writeJson([row(), row({ destination: DB })], HEAD)];
    for (let i = 0; i < pieces.length; i++) {
      expect(() => void JSON.parse(pieces.slice(0, i).join(''))).toThrow(SyntaxError);
    }
  });

  it('keeps names as they are', () => {
    const name = '"\\\n\u2028ü';
    expect(JSON.stringify(document([row({ source: pod(name) })]))).toContain(JSON.stringify(name));
  });
});
