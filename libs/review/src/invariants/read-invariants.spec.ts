import { ANY_TRAFFIC } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { assertionText } from './assertion-text.js';
import { MAX_INVARIANTS, MAX_INVARIANTS_LENGTH, readInvariants } from './read-invariants.js';

const FILE = `apiVersion: portolan/v1
invariants:
  - name: db-only-from-api
    description: PCI
    severity: CRITICAL
    assert: onlyReachableFrom
    from: { workload: { namespace: shop, name: api } }
    to: { namespace: data, podSelector: { matchLabels: { app: db } } }
    traffic: { protocol: TCP, port: 5432 }
  - name: web-is-public
    assert: mustReach
    from: { internet: true }
    to: [{ workload: { namespace: shop, name: web, kind: Deployment } }]
    traffic: { protocol: TCP, port: http }
  - name: no-lab
    assert: mustNotReach
    from: { namespace: lab }
    to: [{ namespaceSelector: { matchExpressions: [{ key: env, operator: NotIn, values: [lab] }] } }]
  - name: inside
    assert: mayOnlyReach
    from: { namespace: data }
    to: [{ podSelector: {} }, { cidr: 10.1.0.0/16 }]
    traffic: { protocol: UDP }
  - name: isolated
    assert: mustBeIsolated
    to: { namespace: data }
`;

function faults(text: string): string[] {
  const read = readInvariants(text, 'i.yaml');
  return read.ok ? [] : read.faults.map(({ path, line, field }) => `${path}:${line} ${field}`);
}

describe('readInvariants', () => {
  it('reads every kind, with its line', () => {
    const read = readInvariants(FILE, 'i.yaml');
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const { invariants } = read;
    expect(invariants.map(({ assertion }) => assertionText(assertion))).toEqual([
      'pods with app=db of namespaces with kubernetes.io/metadata.name=data is only reachable from shop/api: TCP 5432',
      'the internet must reach shop/web (Deployment): TCP http',
      'namespace lab must not reach all pods of namespaces with env!=lab: all traffic',
      'namespace data may only reach all pods, 10.1.0.0/16: UDP all',
      'namespace data must be isolated in both directions',
    ]);
    expect(invariants[0]).toMatchObject({ description: 'PCI', severity: 'CRITICAL', line: 3 });
    expect(invariants[2]).toMatchObject({ description: '', severity: 'HIGH', line: 15 });
    expect(invariants[2]?.assertion.traffic).toEqual(ANY_TRAFFIC);
  });

  it.each([
    ['another version', FILE.replace('portolan/v1', 'portolan/v2'), 'i.yaml:1 apiVersion'],
    ['a field that there is not', FILE.replace('severity:', 'sev:'), 'i.yaml:5 invariants[0].sev'],
    ['no such assertion', FILE.replace('mustReach', 'toString'), 'i.yaml:11 invariants[1].assert'],
    ['no such severity', FILE.replace('CRITICAL', 'BAD'), 'i.yaml:5 invariants[0].severity'],
    ['a name twice', FILE.replace('no-lab', 'web-is-public'), 'i.yaml:15 invariants[2].name'],
    ['no from', FILE.replace('    from: { namespace: lab }\n', ''), 'i.yaml:15 invariants[2]'],
    [
      'a selector that is none',
      FILE.replace('operator: NotIn', 'operator: Not'),
      'i.yaml:18 invariants[2].to[0].namespaceSelector.matchExpressions[0].operator',
    ],
    [
      'a selector without a map',
      FILE.replace('podSelector: {}', 'podSelector: ~'),
      'i.yaml:22 invariants[3].to[0].podSelector',
    ],
    [
      'two ways to name a namespace',
      FILE.replace('{ namespace: data, pod', '{ namespaceSelector: {}, namespace: data, pod'),
      'i.yaml:8 invariants[0].to',
    ],
    ['no end', FILE.replace('[{ podSelector: {} }, {', '[{}, {'), 'i.yaml:22 invariants[3].to[0]'],
    [
      'an empty list of ends',
      FILE.replace('[{ podSelector: {} }, { cidr: 10.1.0.0/16 }]', '[]'),
      'i.yaml:22 invariants[3].to',
    ],
    [
      'no network',
      FILE.replace('10.1.0.0/16', '10.1.0.0/33'),
      'i.yaml:22 invariants[3].to[1].cidr',
    ],
    [
      'no name of a port',
      FILE.replace('port: http', 'port: "80"'),
      'i.yaml:14 invariants[1].traffic.port',
    ],
    ['no port', FILE.replace('5432', '0'), 'i.yaml:9 invariants[0].traffic.port'],
    [
      'isolation of addresses',
      `${FILE.slice(0, FILE.lastIndexOf('to:'))}to: { internet: true }\n`,
      'i.yaml:26 invariants[4].to',
    ],
    [
      'isolation from somebody',
      `${FILE}    from: { namespace: lab }\n`,
      'i.yaml:27 invariants[4].from',
    ],
    ['no YAML', `${FILE}  - [`, 'i.yaml:27 '],
    ['nothing', '', 'i.yaml:1 '],
    ['more than may be', ' '.repeat(MAX_INVARIANTS_LENGTH + 1), 'i.yaml:1 '],
    [
      'too many',
      `apiVersion: portolan/v1\ninvariants:\n${'  - {}\n'.repeat(MAX_INVARIANTS + 1)}`,
      'i.yaml:2 invariants',
    ],
  ])('refuses a file with %s, and says where', (_, text, place) => {
    expect(faults(text)).toContain(place);
  });
});
