import { ALL_TRAFFIC } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { readExceptions } from './read-exceptions.js';

const FILE = `apiVersion: portolan/v1
exceptions:
  - id: partner-sftp
    match: { access: { from: { cidr: 203.0.113.0/24 }, to: { workload: { namespace: edge, name: sftp } }, traffic: { protocol: TCP, port: 22 } } }
    reason: Partner upload, SEC-1234
    expires: 2027-01-31
  - id: scrape
    match:
      access:
        from: { namespace: monitoring }
        to: { internet: true }
    reason: metrics
    expires: some day
`;

function faults(text: string): string[] {
  const read = readExceptions(text, 'e.yaml');
  return read.ok ? [] : read.faults.map(({ path, line, field }) => `${path}:${line} ${field}`);
}

describe('readExceptions', () => {
  it('reads exceptions with their lines', () => {
    const read = readExceptions(FILE, 'e.yaml');
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const [first, second] = read.exceptions;
    expect(first).toMatchObject({
      id: 'partner-sftp',
      from: { is: 'addresses', cidrs: ['203.0.113.0/24'] },
      to: { is: 'workload', namespace: 'edge', name: 'sftp', kind: null },
      expires: '2027-01-31',
      line: 3,
    });
    expect(second).toMatchObject({ traffic: ALL_TRAFFIC });
    expect([second?.line, second?.expires]).toEqual([7, 'some day']);
  });

  it.each([
    [
      'a field that there is not',
      FILE.replace('protocol', 'protokol'),
      'e.yaml:4 exceptions[0].match.access.traffic.protokol',
    ],
    [
      'two ways to name an end',
      FILE.replace('{ namespace: monitoring }', '{ namespace: a, internet: true }'),
      'e.yaml:10 exceptions[1].match.access.from',
    ],
    [
      'no network',
      FILE.replace('113.0/24', '113.0/33'),
      'e.yaml:4 exceptions[0].match.access.from.cidr',
    ],
    ['no reason', FILE.replace('    reason: metrics\n', ''), 'e.yaml:7 exceptions[1]'],
    ['no expiry', FILE.replace('    expires: some day\n', ''), 'e.yaml:7 exceptions[1]'],
    [
      'no port',
      FILE.replace('port: 22', 'port: 0'),
      'e.yaml:4 exceptions[0].match.access.traffic.port',
    ],
    ['an id twice', FILE.replace('id: scrape', 'id: partner-sftp'), 'e.yaml:7 exceptions[1].id'],
    ['another version', FILE.replace('portolan/v1', 'portolan/v2'), 'e.yaml:1 apiVersion'],
    ['no YAML', `${FILE}  - [`, 'e.yaml:14 '],
    ['nothing', '', 'e.yaml:1 '],
    ['two documents', `${FILE}---\n{}\n`, 'e.yaml:15 '],
  ])('refuses a file with %s, and says where', (_, text, place) => {
    expect(faults(text)).toContain(place);
  });
});
