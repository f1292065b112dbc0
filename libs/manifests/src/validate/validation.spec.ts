import { describe, expect, it } from 'vitest';
import { read } from '../manifests.test-support.js';
import {
  errorsOf,
  type Expected,
  meta,
  NOT_TEXT,
  REJECTED,
  under,
  UNKNOWN,
} from './validation.test-support.js';

describe('NetworkPolicy', () => {
  it.each<[string, unknown, Expected]>([
    ['nothing', undefined, []],
    ['null', null, []],
    ['null everywhere', { podSelector: null, policyTypes: null, ingress: null, egress: null }, []],
    ['null in a rule', { ingress: [{ from: null, ports: null }] }, []],
    ['a rule that is null', { ingress: [null] }, []],
    ['a port without anything', { ingress: [{ ports: [{}] }] }, []],
    ['a range', { ingress: [{ ports: [{ port: 80, endPort: 80 }] }] }, []],
    ['a status of older versions', { status: {} }, [['spec.status', UNKNOWN]]],
    ['a typing error', { podSelektor: {} }, [['spec.podSelektor', UNKNOWN]]],
    ['`to` in ingress', { ingress: [{ to: [] }] }, [['spec.ingress[0].to', UNKNOWN]]],
    ['a list that is a map', { ingress: {} }, [['spec.ingress', REJECTED]]],
    ['an unknown policy type', { policyTypes: ['ingress'] }, [['spec.policyTypes[0]', REJECTED]]],
    [
      'three policy types',
      { policyTypes: ['Ingress', 'Egress', 'Egress'] },
      [['spec.policyTypes', REJECTED]],
    ],
    ...peers([
      ['an empty peer', {}, [['', REJECTED]]],
      ['a peer that is null', null, [['', REJECTED]]],
      ['a peer with nothing but null', { podSelector: null }, [['', REJECTED]]],
      [
        'an ipBlock with a selector',
        { ipBlock: { cidr: '::/0' }, podSelector: {} },
        [['', REJECTED]],
      ],
      ['a CIDR without prefix', { ipBlock: { cidr: '10.0.0.1' } }, [['.ipBlock.cidr', REJECTED]]],
      [
        'a CIDR with leading zeros',
        { ipBlock: { cidr: '010.0.0.0/8' } },
        [['.ipBlock.cidr', REJECTED]],
      ],
      ['a short CIDR', { ipBlock: { cidr: '10.0.0/24' } }, [['.ipBlock.cidr', REJECTED]]],
      [
        'a prefix that is too long',
        { ipBlock: { cidr: '10.0.0.0/33' } },
        [['.ipBlock.cidr', REJECTED]],
      ],
      [
        'IPv4 written as IPv6',
        { ipBlock: { cidr: '::ffff:10.0.0.0/104' } },
        [['.ipBlock.cidr', REJECTED]],
      ],
      ['no CIDR', { ipBlock: {} }, [['.ipBlock.cidr', REJECTED]]],
      ['IPv6 with host bits', { ipBlock: { cidr: 'FD00:0::1/8', except: ['fd00:1::/32'] } }, []],
      [
        'an exception outside',
        block('10.0.0.0/8', '11.0.0.0/16'),
        [['.ipBlock.except[0]', REJECTED]],
      ],
      [
        'an exception as large',
        block('10.0.0.0/8', '10.0.0.0/8'),
        [['.ipBlock.except[0]', REJECTED]],
      ],
      [
        'an exception of another family',
        block('0.0.0.0/0', 'fd00::/8'),
        [['.ipBlock.except[0]', REJECTED]],
      ],
      ['an exception inside', block('0.0.0.0/0', '10.0.0.0/8'), []],
    ]),
    ...ports([
      ['port 0', { port: 0 }, [['.port', REJECTED]]],
      ['port 65536', { port: 65536 }, [['.port', REJECTED]]],
      ['half a port', { port: 80.5 }, [['.port', REJECTED]]],
      ['a number in quotes', { port: '80' }, [['.port', REJECTED]]],
      ['a name', { port: 'http-2' }, []],
      ['a name with capitals', { port: 'Http' }, [['.port', REJECTED]]],
      ['a name of 16 characters', { port: 'a'.repeat(16) }, [['.port', REJECTED]]],
      ['a name with --', { port: 'a--b' }, [['.port', REJECTED]]],
      ['an end without beginning', { endPort: 90 }, [['.endPort', REJECTED]]],
      ['an end after a name', { port: 'http', endPort: 90 }, [['.endPort', REJECTED]]],
      ['an end before the beginning', { port: 80, endPort: 79 }, [['.endPort', REJECTED]]],
      ['an end beyond all ports', { port: 80, endPort: 70000 }, [['.endPort', REJECTED]]],
      ['a protocol in small letters', { protocol: 'tcp' }, [['.protocol', REJECTED]]],
      ['SCTP', { protocol: 'SCTP' }, []],
    ]),
    ...selectors([
      ['In without values', { key: 'a', operator: 'In' }, [['.values', REJECTED]]],
      [
        'NotIn with an empty list',
        { key: 'a', operator: 'NotIn', values: [] },
        [['.values', REJECTED]],
      ],
      [
        'Exists with values',
        { key: 'a', operator: 'Exists', values: ['b'] },
        [['.values', REJECTED]],
      ],
      [
        'an unknown operator',
        { key: 'a', operator: 'Equals', values: ['b'] },
        [['.operator', REJECTED]],
      ],
      ['no key', { operator: 'Exists' }, [['.key', REJECTED]]],
      ['a bad key', { key: 'a b', operator: 'Exists' }, [['.key', REJECTED]]],
      ['a bad value', { key: 'a', operator: 'In', values: ['b c'] }, [['.values[0]', REJECTED]]],
      ['a number as value', { key: 'a', operator: 'In', values: [1] }, [['.values[0]', NOT_TEXT]]],
      ['an empty value', { key: 'a', operator: 'In', values: [''] }, []],
    ]),
    [
      'a number as label',
      { podSelector: { matchLabels: { a: 1 } } },
      [['spec.podSelector.matchLabels.a', NOT_TEXT]],
    ],
    ['null as label', { podSelector: { matchLabels: { a: null } } }, []],
  ])('%s', async (_, spec, expected) => {
    const object = { ...meta('networking.k8s.io/v1', 'NetworkPolicy'), spec };
    expect(await errorsOf(object)).toEqual(expected);
  });

  it('suggests the field that is meant', async () => {
    const object = { ...meta('networking.k8s.io/v1', 'NetworkPolicy'), spec: { podSelektor: {} } };
    const { problems } = await read(JSON.stringify(object));
    expect(problems[0]?.message).toContain('podSelector');
  });

  it('looks for unknown fields outside of the spec as well', async () => {
    const object = meta('networking.k8s.io/v1', 'NetworkPolicy');
    expect(await errorsOf({ ...object, specs: {} })).toEqual([['specs', UNKNOWN]]);
    expect(await errorsOf({ ...object, status: {} })).toEqual([]);
    const metadata = { ...object.metadata, lables: {} };
    expect(await errorsOf({ ...object, metadata })).toEqual([['metadata.lables', UNKNOWN]]);
  });
});

describe('other kinds', () => {
  const template = { metadata: { labels: { a: 'b' } }, spec: {} };
  const matching = { matchLabels: { a: 'b' } };
  it.each<[string, object, Expected]>([
    ['a Deployment', workload({ selector: matching, template }), []],
    [
      'a selector that does not match',
      workload({ selector: { matchLabels: { a: 'c' } }, template }),
      [['spec.selector', REJECTED]],
    ],
    ['no selector', workload({ template }), [['spec.selector', REJECTED]]],
    [
      'no selector in a beta version',
      { ...workload({ template }), apiVersion: 'extensions/v1beta1' },
      [],
    ],
    ['no template', workload({ selector: matching }), [['spec.template', REJECTED]]],
    ['a Job without selector', { ...meta('batch/v1', 'Job'), spec: { template } }, []],
    [
      'a CronJob',
      { ...meta('batch/v1', 'CronJob'), spec: { jobTemplate: { spec: { template } } } },
      [],
    ],
    [
      'a ReplicationController',
      { ...meta('v1', 'ReplicationController'), spec: { selector: { a: 'b' }, template } },
      [],
    ],
    ['an unknown field', { ...meta('v1', 'Pod'), spec: { futureField: 1 } }, []],
    [
      'a port without number',
      pod({ containers: [{ ports: [{ name: 'x' }] }] }),
      [['spec.containers[0].ports[0].containerPort', REJECTED]],
    ],
    [
      'a port name twice',
      pod({ containers: [{ ports: [port('x', 1), port('x', 2)] }] }),
      [['spec.containers[0].ports[1].name', REJECTED]],
    ],
    ['hostNetwork as text', pod({ hostNetwork: 'true' }), [['spec.hostNetwork', REJECTED]]],
    [
      'an address that is none',
      { ...pod({}), status: { podIP: '10.0.0' } },
      [['status.podIP', REJECTED]],
    ],
    [
      'a bad label key',
      { ...meta('v1', 'Pod', { labels: { '-a': 'b' } }) },
      [['metadata.labels["-a"]', REJECTED]],
    ],
    ['a name with capitals', meta('v1', 'Pod', { name: 'Web' }), [['metadata.name', REJECTED]]],
    [
      'no name',
      meta('v1', 'Pod', { name: undefined, generateName: 'a-' }),
      [['metadata.name', REJECTED]],
    ],
    [
      'a namespace with a dot',
      meta('v1', 'Namespace', { name: 'a.b' }),
      [['metadata.name', REJECTED]],
    ],
    [
      'labels that are a list',
      meta('v1', 'Pod', { labels: ['a'] }),
      [['metadata.labels', REJECTED]],
    ],
    [
      'metadata that is text',
      { ...meta('v1', 'Pod'), metadata: 'a' },
      [
        ['metadata', REJECTED],
        ['metadata.name', REJECTED],
      ],
    ],
  ])('%s', async (_, object, expected) => {
    expect(await errorsOf(object)).toEqual(expected);
  });
});

type Case = [string, unknown, Expected];

function peers(cases: readonly Case[]): Case[] {
  return cases.map(([name, peer, errors]) => [
    name,
    { ingress: [{ from: [peer] }] },
    under('spec.ingress[0].from[0]', errors),
  ]);
}

function ports(cases: readonly Case[]): Case[] {
  return cases.map(([name, entry, errors]) => [
    name,
    { egress: [{ ports: [entry] }] },
    under('spec.egress[0].ports[0]', errors),
  ]);
}

function selectors(cases: readonly Case[]): Case[] {
  return cases.map(([name, expression, errors]) => [
    name,
    { podSelector: { matchExpressions: [expression] } },
    under('spec.podSelector.matchExpressions[0]', errors),
  ]);
}

function block(cidr: string, except: string): object {
  return { ipBlock: { cidr, except: [except] } };
}

function port(name: string, containerPort: number): object {
  return { name, containerPort };
}

function pod(spec: object): object {
  return { ...meta('v1', 'Pod'), spec };
}

function workload(spec: object): object {
  return { ...meta('apps/v1', 'Deployment'), spec };
}
