import { describe, expect, it } from 'vitest';
import type { AllowedAccessRow } from './allowed-access-row.js';
import { writeCsv } from './csv.js';
import { OUTSIDE, pod, row } from './rows.test-support.js';

const HEADER =
  'source_kind,source_namespace,source_name,source_workload_kind,source_cidrs,' +
  'destination_kind,destination_namespace,destination_name,destination_workload_kind,destination_cidrs,' +
  'protocol,from_port,to_port';

/** The lines after the header; every line ends with CRLF. */
function lines(...rows: readonly AllowedAccessRow[]): string[] {
  const text = [...writeCsv(rows)].join('');
  expect(text.startsWith(`${HEADER}\r\n`)).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  return text.split('\r\n').slice(1, -1);
}

/** How a pod's name is written. */
function cell(name: string): string | undefined {
  const [text] = [...writeCsv([row({ source: pod(name) })])].slice(1);
  return /^pod,shop,(.*),,,pod,shop,db-0,/s.exec(text ?? '')?.[1];
}

describe('CSV export', () => {
  it('has a header even without rows', () => {
    expect(lines()).toEqual([]);
  });

  it('writes one line for each range of ports', () => {
    const traffic = [
      { protocol: 'TCP', from: 80, to: 80 },
      { protocol: 'TCP', from: 8000, to: 8080 },
      { protocol: 'UDP', from: 1, to: 65535 },
    ] as const;
    const endpoints = 'workload,shop,web,Deployment,,pod,shop,db-0,,';
    expect(lines(row({ traffic }))).toEqual([
      `${endpoints},TCP,80,80`,
      `${endpoints},TCP,8000,8080`,
      `${endpoints},UDP,1,65535`,
    ]);
  });

  it('writes every kind of endpoint', () => {
    const source = { kind: 'namespace', index: 1, name: 'shop' } as const;
    const destination = { kind: 'selection', text: 'app=web,tier=front', pods: 3 } as const;
    expect(lines(row({ source, destination }))).toEqual([
      'namespace,shop,shop,,,selection,,"app=web,tier=front",,,TCP,5432,5432',
    ]);
    expect(lines(row({ source: OUTSIDE }))).toEqual([
      'external,,internet,,0.0.0.0/1 2001:db8::/32,pod,shop,db-0,,,TCP,5432,5432',
    ]);
  });

  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['\tx', "'\tx"],
    ['=HYPERLINK("a,b")', '"\'=HYPERLINK(""a,b"")"'],
    ['a=b-c', 'a=b-c'],
    ['ünï', 'ünï'],
  ])('writes the name %j as %j', (name, written) => {
    expect(cell(name)).toBe(written);
  });
});
