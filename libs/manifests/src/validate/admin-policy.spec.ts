import { describe, expect, it } from 'vitest';
import { read } from '../manifests.test-support.js';
import {
  errorsOf,
  type Expected,
  meta,
  notesOf,
  REJECTED,
  under,
  UNSUPPORTED,
} from './validation.test-support.js';

type Kind = 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy' | 'ClusterNetworkPolicy';
type Case = [string, unknown, Expected];

describe('the spec of a ClusterNetworkPolicy', () => {
  it.each<Case>([
    ['nothing but what is required', {}, []],
    ['no tier', { tier: undefined }, [['spec.tier', REJECTED]]],
    ['a tier in small letters', { tier: 'admin' }, [['spec.tier', REJECTED]]],
    ['the other tier', { tier: 'Baseline' }, []],
    ['no priority', { priority: null }, [['spec.priority', REJECTED]]],
    ['the first priority', { priority: 0 }, []],
    ['a priority before it', { priority: -1 }, [['spec.priority', REJECTED]]],
    ['the last priority', { priority: 1000 }, []],
    ['a priority behind it', { priority: 1001 }, [['spec.priority', REJECTED]]],
    ['half a priority', { priority: 0.5 }, [['spec.priority', REJECTED]]],
    ['a priority as text', { priority: '1' }, [['spec.priority', REJECTED]]],
    ['no subject', { subject: undefined }, [['spec.subject', REJECTED]]],
    ['an empty subject', { subject: {} }, [['spec.subject', REJECTED]]],
    [
      'a subject in which nothing is known',
      { subject: { nodes: {} } },
      [['spec.subject', REJECTED]],
    ],
    [
      'a subject of two forms',
      { subject: { namespaces: {}, pods: { podSelector: {} } } },
      [['spec.subject', REJECTED]],
    ],
    ['a subject of one form', { subject: { namespaces: null, pods: { podSelector: {} } } }, []],
    [
      'pods without podSelector',
      { subject: { pods: { namespaceSelector: {} } } },
      [['spec.subject.pods.podSelector', REJECTED]],
    ],
    [
      'a selector that cannot be',
      { subject: { namespaces: { matchExpressions: [{ key: 'a', operator: 'In' }] } } },
      [['spec.subject.namespaces.matchExpressions[0].values', REJECTED]],
    ],
    ['25 rules', { ingress: times(25, rule()) }, []],
    ['26 rules', { egress: times(26, rule('to')) }, [['spec.egress', REJECTED]]],
    ['rules that are a map', { ingress: {} }, [['spec.ingress', REJECTED]]],
  ])('%s', async (_, spec, expected) => {
    expect(await errorsOf(policy('ClusterNetworkPolicy', spec as object))).toEqual(expected);
  });
});

describe('the spec of v1alpha1', () => {
  it.each<[string, Kind, unknown, Expected]>([
    [
      'an ANP without priority',
      'AdminNetworkPolicy',
      { priority: null },
      [['spec.priority', REJECTED]],
    ],
    ['an ANP with the last priority', 'AdminNetworkPolicy', { priority: 1000 }, []],
    [
      'an ANP with a larger one',
      'AdminNetworkPolicy',
      { priority: 1001 },
      [['spec.priority', REJECTED]],
    ],
    ['100 rules', 'AdminNetworkPolicy', { ingress: times(100, rule()) }, []],
    [
      '101 rules',
      'AdminNetworkPolicy',
      { ingress: times(101, rule()) },
      [['spec.ingress', REJECTED]],
    ],
    ['a BANP without priority', 'BaselineAdminNetworkPolicy', {}, []],
    ['100 rules of a BANP', 'BaselineAdminNetworkPolicy', { egress: times(100, rule('to')) }, []],
    [
      '101 rules of a BANP',
      'BaselineAdminNetworkPolicy',
      { egress: times(101, rule('to')) },
      [['spec.egress', REJECTED]],
    ],
  ])('%s', async (_, kind, spec, expected) => {
    expect(await errorsOf(policy(kind, spec as object))).toEqual(expected);
  });

  it('takes a BaselineAdminNetworkPolicy of one name only', async () => {
    const other = policy('BaselineAdminNetworkPolicy', {}, { name: 'default2' });
    expect(await errorsOf(other)).toEqual([['metadata.name', REJECTED]]);
    expect(await errorsOf(policy('BaselineAdminNetworkPolicy', {}))).toEqual([]);
  });
});

describe('rules', () => {
  it.each<[string, Kind, object, Expected]>([
    ...actions('AdminNetworkPolicy', { Allow: true, Deny: true, Pass: true, Accept: false }),
    ...actions('BaselineAdminNetworkPolicy', { Allow: true, Deny: true, Pass: false }),
    ...actions('ClusterNetworkPolicy', { Accept: true, Deny: true, Pass: true, Allow: false }),
    ...everyKind('no action', { action: undefined }, [['.action', REJECTED]]),
    ...everyKind('an action in small letters', { action: 'deny' }, [['.action', REJECTED]]),
    ...everyKind('a name of 100 characters', { name: '\u{1F6A2}'.repeat(100) }, []),
    ...everyKind('a name of 101 characters', { name: 'a'.repeat(101) }, [['.name', REJECTED]]),
    ...everyKind('a name that is a number', { name: 1 }, [['.name', REJECTED]]),
    ...everyKind('no peers', { from: undefined }, [['.from', REJECTED]]),
    ...everyKind('an empty list of peers', { from: [] }, [['.from', REJECTED]]),
    ...everyKind('peers that are a map', { from: {} }, [['.from', REJECTED]]),
    ...counts('from', [{ namespaces: {} }], ADMIN_KINDS, 100),
    ...counts('from', [{ namespaces: {} }], ['ClusterNetworkPolicy'], 25),
    ...counts('ports', [{ portNumber: { port: 1 } }], ADMIN_KINDS, 100),
    ...counts('protocols', [{ destinationNamedPort: 'a' }], ['ClusterNetworkPolicy'], 25),
    ['no entry of ports', 'AdminNetworkPolicy', { ports: [] }, []],
    ['no protocol', 'ClusterNetworkPolicy', { protocols: [] }, [['.protocols', REJECTED]]],
    ['null for protocols', 'ClusterNetworkPolicy', { protocols: null }, []],
    [
      'ports that are a map',
      'AdminNetworkPolicy',
      { ports: { allPorts: true } },
      [['.ports', REJECTED]],
    ],
  ])('%s of %s', async (_, kind, fields, expected) => {
    const object = policy(kind, { ingress: [{ ...rule(), ...fields }] });
    expect(await errorsOf(object)).toEqual(under('spec.ingress[0]', expected));
  });
});

describe('peers', () => {
  const invalidEverywhere: Case[] = [
    ['nothing', {}, [['', REJECTED]]],
    ['null', null, [['', REJECTED]]],
    ['text', 'all', [['', REJECTED]]],
    ['nothing but null', { namespaces: null }, [['', REJECTED]]],
    ['two forms', { namespaces: {}, pods: { podSelector: {} } }, [['', REJECTED]]],
    ['namespaces as text', { namespaces: 'a' }, [['.namespaces', REJECTED]]],
    ['pods without podSelector', { pods: {} }, [['.pods.podSelector', REJECTED]]],
  ];
  it.each<[string, unknown, Expected]>([
    ['all namespaces', { namespaces: {} }, []],
    ['pods', { pods: { namespaceSelector: {}, podSelector: {} } }, []],
    ['pods of all namespaces', { pods: { podSelector: {} } }, []],
    ...invalidEverywhere,
  ])('of ingress: %s', async (_, peer, expected) => {
    for (const kind of KINDS) {
      const object = policy(kind, { ingress: [{ ...rule(), from: [peer] }] });
      expect(await errorsOf(object)).toEqual(under('spec.ingress[0].from[0]', expected));
    }
  });

  it.each<[string, unknown, Expected]>([
    ['nodes', { nodes: { matchLabels: { a: 'b' } } }, []],
    ['all nodes', { nodes: {} }, []],
    ['networks', { networks: ['10.0.0.0/8', 'fd00::/8'] }, []],
    ['no network', { networks: [] }, [['.networks', REJECTED]]],
    ['25 networks', { networks: networks(25) }, []],
    ['26 networks', { networks: networks(26) }, [['.networks', REJECTED]]],
    ['a network that is null', { networks: [null] }, [['.networks[0]', REJECTED]]],
    ['a network twice', { networks: ['::/0', '::/0'] }, [['.networks[1]', REJECTED]]],
    ['a network in two forms', { networks: ['::/0', '0::0/0'] }, []],
    ['an address', { networks: ['10.0.0.1'] }, [['.networks[0]', REJECTED]]],
    ['a network with host bits', { networks: ['10.0.0.1/8'] }, []],
    ['a prefix that is too long', { networks: ['10.0.0.0/33'] }, [['.networks[0]', REJECTED]]],
    ['networks beside namespaces', { namespaces: {}, networks: ['::/0'] }, [['', REJECTED]]],
    ...invalidEverywhere,
  ])('of egress: %s', async (_, peer, expected) => {
    for (const kind of KINDS) {
      const object = policy(kind, { egress: [{ ...rule('to'), to: [peer] }] });
      expect(await errorsOf(object)).toEqual(under('spec.egress[0].to[0]', expected));
    }
  });

  it('takes IPv4 in IPv6 where the definition does', async () => {
    const egress = [{ ...rule('to'), to: [{ networks: ['64:ff9b::10.0.0.0/104'] }] }];
    expect(await errorsOf(policy('ClusterNetworkPolicy', { egress }))).toEqual([]);
    expect(await errorsOf(policy('AdminNetworkPolicy', { egress }))).toEqual([
      ['spec.egress[0].to[0].networks[0]', REJECTED],
    ]);
    const long = [{ ...rule('to'), to: [{ networks: [`${'0000:'.repeat(6)}10.10.10.10/128`] }] }];
    expect(await errorsOf(policy('ClusterNetworkPolicy', { egress: long }))).toEqual([
      ['spec.egress[0].to[0].networks[0]', REJECTED],
    ]);
  });

  it.each<[string, readonly unknown[], Expected]>([
    ['a name', ['kubernetes.io'], []],
    ['all names below one', ['*.kubernetes.io'], []],
    ['capitals and the dot of the root', ['Blog.Kubernetes.io.'], []],
    ['an underscore', ['a_b.kubernetes.io'], []],
    ['25 names', times(25, 'a.io').map((name, i) => `x${i}.${name}`), []],
    ['26 names', times(26, 'a.io').map((name, i) => `x${i}.${name}`), [['', REJECTED]]],
    ['no name', [], [['', REJECTED]]],
    ['a name twice', ['a.io', 'a.io'], [['[1]', REJECTED]]],
    ['a name in two forms', ['a.io', 'A.io'], []],
    ['one label', ['localhost'], [['[0]', REJECTED]]],
    ['a star alone', ['*'], [['[0]', REJECTED]]],
    ['a star over one label', ['*.io'], [['[0]', REJECTED]]],
    ['a star in the middle', ['a.*.io'], [['[0]', REJECTED]]],
    ['a part of a label', ['*a.b.io'], [['[0]', REJECTED]]],
    ['an empty label', ['a..io'], [['[0]', REJECTED]]],
    ['a dash at the end', ['a-.io'], [['[0]', REJECTED]]],
    ['a URL', ['https://a.io'], [['[0]', REJECTED]]],
    ['a number', [1], [['[0]', REJECTED]]],
  ])('domainNames: %s', async (_, domainNames, expected) => {
    for (const kind of ['AdminNetworkPolicy', 'ClusterNetworkPolicy'] as const) {
      const allow = { action: allowOf(kind), to: [{ domainNames }] };
      expect(await errorsOf(policy(kind, { egress: [allow] }))).toEqual(
        under('spec.egress[0].to[0].domainNames', expected),
      );
    }
  });

  it.each(['Deny', 'Pass'])('domainNames in a rule that says %s', async (action) => {
    const to = [{ namespaces: {} }, { domainNames: ['a.io'] }];
    for (const kind of ['AdminNetworkPolicy', 'ClusterNetworkPolicy'] as const) {
      expect(await errorsOf(policy(kind, { egress: [{ action, to }] }))).toEqual([
        ['spec.egress[0].to[1].domainNames', REJECTED],
      ]);
    }
  });
});

describe('ports of v1alpha1', () => {
  it.each<Case>([
    ['nothing', {}, [['', REJECTED]]],
    ['null', null, [['', REJECTED]]],
    ['a number alone', 80, [['', REJECTED]]],
    ['two forms', { portNumber: { port: 1 }, namedPort: 'a' }, [['', REJECTED]]],
    ['a number', { portNumber: { protocol: 'SCTP', port: 65535 } }, []],
    ['port 0', { portNumber: { port: 0 } }, [['.portNumber.port', REJECTED]]],
    ['port 65536', { portNumber: { port: 65536 } }, [['.portNumber.port', REJECTED]]],
    ['no port', { portNumber: { protocol: 'TCP' } }, [['.portNumber.port', REJECTED]]],
    ['a port as text', { portNumber: { port: '80' } }, [['.portNumber.port', REJECTED]]],
    [
      'a protocol in small letters',
      { portNumber: { protocol: 'tcp', port: 1 } },
      [['.portNumber.protocol', REJECTED]],
    ],
    ['a range', { portRange: { start: 1, end: 65535 } }, []],
    ['a range of one', { portRange: { protocol: 'UDP', start: 5, end: 5 } }, []],
    ['a range that goes back', { portRange: { start: 5, end: 4 } }, [['.portRange.end', REJECTED]]],
    ['a range without end', { portRange: { start: 5 } }, [['.portRange.end', REJECTED]]],
    ['a range from 0', { portRange: { start: 0, end: 5 } }, [['.portRange.start', REJECTED]]],
    ['a range beyond all', { portRange: { start: 1, end: 65536 } }, [['.portRange.end', REJECTED]]],
    ['a name', { namedPort: 'http' }, []],
    ['a name that no port has', { namedPort: 'Http' }, []],
    ['a name that is a number', { namedPort: 80 }, [['.namedPort', REJECTED]]],
  ])('%s', async (_, port, expected) => {
    for (const kind of ADMIN_KINDS) {
      const object = policy(kind, { ingress: [{ ...rule(), ports: [port] }] });
      expect(await errorsOf(object)).toEqual(under('spec.ingress[0].ports[0]', expected));
    }
  });
});

describe('protocols of a ClusterNetworkPolicy', () => {
  it.each<Case>([
    ['nothing', {}, [['', REJECTED]]],
    ['null', null, [['', REJECTED]]],
    ['two forms', { tcp: destination(1), udp: destination(1) }, [['', REJECTED]]],
    ['all ports of a protocol', { tcp: {} }, [['.tcp', REJECTED]]],
    ['a protocol as text', { tcp: 'all' }, [['.tcp', REJECTED]]],
    ['no port', { udp: { destinationPort: {} } }, [['.udp.destinationPort', REJECTED]]],
    ['a port', { tcp: destination(65535) }, []],
    ['port 0', { udp: destination(0) }, [['.udp.destinationPort.number', REJECTED]]],
    ['port 65536', { sctp: destination(65536) }, [['.sctp.destinationPort.number', REJECTED]]],
    [
      'a port and a range',
      { tcp: { destinationPort: { number: 1, range: { start: 1, end: 2 } } } },
      [['.tcp.destinationPort', REJECTED]],
    ],
    ['a range', { tcp: range(1, 65535) }, []],
    ['a range of two', { sctp: range(5, 6) }, []],
    ['a range of one', { udp: range(5, 5) }, [['.udp.destinationPort.range.end', REJECTED]]],
    [
      'a range that goes back',
      { tcp: range(5, 4) },
      [['.tcp.destinationPort.range.end', REJECTED]],
    ],
    ['a range from 0', { tcp: range(0, 4) }, [['.tcp.destinationPort.range.start', REJECTED]]],
    ['a name', { destinationNamedPort: 'http' }, []],
    ['a name that no port has', { destinationNamedPort: 'a--b' }, []],
    [
      'a name that is a number',
      { destinationNamedPort: 80 },
      [['.destinationNamedPort', REJECTED]],
    ],
  ])('%s', async (_, protocol, expected) => {
    const object = policy('ClusterNetworkPolicy', {
      egress: [{ ...rule('to'), protocols: [protocol] }],
    });
    expect(await errorsOf(object)).toEqual(under('spec.egress[0].protocols[0]', expected));
  });
});

describe('names of ports', () => {
  const named = { ports: [{ namedPort: 'http' }], protocols: [{ destinationNamedPort: 'http' }] };
  it.each<[string, object, boolean]>([
    ['namespaces', { namespaces: {} }, true],
    ['pods', { pods: { podSelector: {} } }, true],
    ['networks', { networks: ['::/0'] }, false],
    ['nodes', { nodes: {} }, false],
    ['domainNames', { domainNames: ['a.io'] }, false],
  ])('beside %s', async (_, peer, isTaken) => {
    for (const kind of ['AdminNetworkPolicy', 'ClusterNetworkPolicy'] as const) {
      const ports =
        kind === 'ClusterNetworkPolicy' ? { protocols: named.protocols } : { ports: named.ports };
      const allow = { action: allowOf(kind), to: [{ namespaces: {} }, peer], ...ports };
      expect(await errorsOf(policy(kind, { egress: [allow] }))).toEqual(
        isTaken ? [] : [['spec.egress[0]', REJECTED]],
      );
    }
  });

  it('are taken, and noted, when no container can have them', async () => {
    const ingress = [{ ...rule(), protocols: [{ destinationNamedPort: 'Http' }] }];
    expect(await notesOf(policy('ClusterNetworkPolicy', { ingress }))).toEqual([
      ['spec.ingress[0].protocols[0].destinationNamedPort', REJECTED],
    ]);
  });
});

describe('fields that are not known', () => {
  it.each<[string, object, readonly string[]]>([
    ['in the object', { ...policy('ClusterNetworkPolicy', {}), specs: {} }, ['specs']],
    ['in the status', { ...policy('ClusterNetworkPolicy', {}), status: { x: {} } }, []],
    ['in the metadata', policy('ClusterNetworkPolicy', {}, { lables: {} }), ['metadata.lables']],
    ['in the spec', policy('ClusterNetworkPolicy', { prio: 1 }), ['spec.prio']],
    ['tier of an ANP', policy('AdminNetworkPolicy', { tier: 'Admin' }), ['spec.tier']],
    [
      'priority of a BANP',
      policy('BaselineAdminNetworkPolicy', { priority: 2000 }),
      ['spec.priority'],
    ],
    [
      'beside a subject',
      policy('AdminNetworkPolicy', { subject: { namespaces: {}, x: 1 } }),
      ['spec.subject.x'],
    ],
    [
      'in a rule',
      policy('ClusterNetworkPolicy', { ingress: [{ ...rule(), ports: [], to: [] }] }),
      ['spec.ingress[0].ports', 'spec.ingress[0].to'],
    ],
    [
      'the older shape of namespaces',
      inPeer({ namespaces: { namespaceSelector: {} } }),
      ['.namespaces.namespaceSelector'],
    ],
    ['sameLabels', inPeer({ namespaces: { sameLabels: ['a'] } }), ['.namespaces.sameLabels']],
    [
      'notSameLabels',
      inPeer({ namespaces: { notSameLabels: ['a'] } }),
      ['.namespaces.notSameLabels'],
    ],
    [
      'the older shape of pods',
      inPeer({ pods: { namespaces: { sameLabels: ['a'] }, podSelector: {} } }),
      ['.pods.namespaces'],
    ],
    [
      'in a requirement',
      inPeer({ namespaces: { matchExpressions: [{ key: 'a', operator: 'Exists', x: 1 }] } }),
      ['.namespaces.matchExpressions[0].x'],
    ],
    ['beside a known peer', inPeer({ namespaces: {}, x: {} }), ['.x']],
    ['a peer of egress in ingress', inPeer({ networks: ['::/0'] }), ['.networks']],
    [
      'a peer in which nothing is known',
      inPeer({ serviceAccounts: {}, x: null }),
      ['.serviceAccounts', '.x'],
    ],
    ['beside a port', inPorts({ portNumber: { port: 1, endPort: 2 } }), ['.portNumber.endPort']],
    ['an entry of ports in which nothing is known', inPorts({ icmp: {} }), ['.icmp']],
    [
      'beside a destination',
      inProtocols({ tcp: { ...destination(1), flags: ['syn'] } }),
      ['.tcp.flags'],
    ],
    [
      'a destination in which nothing is known',
      inProtocols({ tcp: { destinationPort: { set: 1 } } }),
      ['.tcp.destinationPort.set'],
    ],
    [
      'a protocol in which nothing is known',
      inProtocols({ tcp: { flags: ['syn'] } }),
      ['.tcp.flags'],
    ],
    ['a protocol that is not known', inProtocols({ icmp: { type: 7 } }), ['.icmp']],
  ])('%s', async (_, object, fields) => {
    const notes = await notesOf(object);
    expect(notes.map(([, code]) => code)).toEqual(fields.map(() => UNSUPPORTED));
    expect(notes.map(([field]) => field)).toEqual(
      fields.map((end) => expect.stringMatching(ending(end))),
    );
  });

  it('are warnings about an object that is taken, and suggest what is meant', async () => {
    const { problems } = await read(JSON.stringify(policy('AdminNetworkPolicy', { igress: [] })));
    expect(problems).toMatchObject([
      { severity: 'WARNING', outcome: 'INDEXED', message: expect.stringContaining('ingress') },
    ]);
  });

  it('says what is selected when nothing is left of a selector', async () => {
    const messageOf = async (peer: object): Promise<string | undefined> =>
      (await read(JSON.stringify(inPeer(peer)))).problems[0]?.message;
    const everything = expect.stringContaining('selects everything');
    expect(await messageOf({ namespaces: { namespaceSelector: {} } })).toEqual(everything);
    const some = { matchLabels: { a: 'b' }, namespaceSelector: {} };
    expect(await messageOf({ namespaces: some })).not.toEqual(everything);
  });
});

describe('metadata.namespace', () => {
  it.each<Kind>(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'])(
    'of a %s is noted and ignored',
    async (kind) => {
      const object = policy(kind, {}, { namespace: 'shop' });
      expect(await notesOf(object)).toEqual([['metadata.namespace', REJECTED]]);
      expect((await read(JSON.stringify(object))).problems[0]?.severity).toBe('WARNING');
    },
  );
});

const KINDS: readonly Kind[] = [
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
];
const ADMIN_KINDS: readonly Kind[] = ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'];
const REQUIRED: Readonly<Record<Kind, object>> = {
  AdminNetworkPolicy: { priority: 1, subject: { namespaces: {} } },
  BaselineAdminNetworkPolicy: { subject: { namespaces: {} } },
  ClusterNetworkPolicy: { tier: 'Admin', priority: 1, subject: { namespaces: {} } },
};

/** A policy that is valid but for what is given. */
function policy(kind: Kind, spec: object, metadata: object = {}): object {
  const version = kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1';
  const name = { name: 'default', namespace: undefined, ...metadata };
  return {
    ...meta(`policy.networking.k8s.io/${version}`, kind, name),
    spec: { ...REQUIRED[kind], ...spec },
  };
}

function rule(peers: 'from' | 'to' = 'from'): object {
  return { action: 'Deny', [peers]: [{ namespaces: {} }] };
}

function inPeer(peer: object): object {
  return policy('AdminNetworkPolicy', { ingress: [{ ...rule(), from: [peer] }] });
}

function inPorts(port: object): object {
  return policy('AdminNetworkPolicy', { ingress: [{ ...rule(), ports: [port] }] });
}

function inProtocols(protocol: object): object {
  return policy('ClusterNetworkPolicy', { ingress: [{ ...rule(), protocols: [protocol] }] });
}

function allowOf(kind: Kind): string {
  return kind === 'ClusterNetworkPolicy' ? 'Accept' : 'Allow';
}

type RuleCase = [string, Kind, object, Expected];

function actions(kind: Kind, taken: Readonly<Record<string, boolean>>): RuleCase[] {
  return Object.entries(taken).map(([action, isTaken]) => [
    `action ${action}`,
    kind,
    { action },
    isTaken ? [] : [['.action', REJECTED]],
  ]);
}

function everyKind(name: string, fields: object, expected: Expected): RuleCase[] {
  return KINDS.map((kind) => [name, kind, fields, expected]);
}

/** So many entries of a list, and one more. */
function counts(
  field: string,
  [entry]: readonly object[],
  kinds: readonly Kind[],
  most: number,
): RuleCase[] {
  return kinds.flatMap<RuleCase>((kind) => [
    [`${most} ${field}`, kind, { [field]: times(most, entry) }, []],
    [`${most + 1} ${field}`, kind, { [field]: times(most + 1, entry) }, [[`.${field}`, REJECTED]]],
  ]);
}

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}

function networks(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `10.${i}.0.0/16`);
}

function destination(number: number): object {
  return { destinationPort: { number } };
}

function range(start: number, end: number): object {
  return { destinationPort: { range: { start, end } } };
}

/** A field that ends so. */
function ending(end: string): RegExp {
  return new RegExp(`${end.replaceAll(/[.[\]]/g, '\\$&')}$`);
}
