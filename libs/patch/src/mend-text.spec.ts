import type { FixEdit } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { mendText } from './mend-text.js';
import { fixOf, policyText, quote, remove, set } from './patch.test-support.js';

const PORT = { protocol: 'TCP', port: 53 };

/** The lines of the spec after edits. */
function after(spec: readonly string[], ...edits: FixEdit[]): string[] {
  const { text, leftOut } = mendText(policyText(...spec), [fixOf(edits)]);
  expect(leftOut.map(({ why }) => why)).toEqual([]);
  return specOf(text);
}

function specOf(text: string): string[] {
  const lines = text.split('\n');
  return lines.slice(lines.indexOf('spec:') + 1, -1).map((line) => line.slice(2));
}

/** Why edits are not made; the text stays as it is. */
function refusal(text: string, ...edits: FixEdit[]): string | undefined {
  const mended = mendText(text, [fixOf(edits)]);
  expect(mended.text).toBe(text);
  expect(mended.splices).toEqual([]);
  return mended.leftOut[0]?.why;
}

describe('mendText', () => {
  it.each<[name: string, spec: string[], edit: FixEdit[], expected: string[]]>([
    [
      'a key behind the last one, its comment included',
      ['podSelector: {} # all', '# more'],
      [set('spec.policyTypes', ['Ingress', 'Egress'])],
      ['podSelector: {} # all', 'policyTypes: [Ingress, Egress]', '# more'],
    ],
    [
      'a list in lines, as lists beside it are',
      ['podSelector: {}', 'ingress:', '- {}'],
      [set('spec.policyTypes', ['Ingress'])],
      ['podSelector: {}', 'ingress:', '- {}', 'policyTypes:', '- Ingress'],
    ],
    [
      'another scalar, with its quotes',
      ["ingress: [{ ports: [{ port: 'http' }] }] # c"],
      [set('spec.ingress.0.ports.0.port', 'web')],
      ["ingress: [{ ports: [{ port: 'web' }] }] # c"],
    ],
    [
      'a number for a text',
      ['ingress:', '  - ports:', '      - port: "http" # c'],
      [set('spec.ingress.0.ports.0.port', 8080)],
      ['ingress:', '  - ports:', '      - port: 8080 # c'],
    ],
    [
      'an empty list for nothing',
      ['egress: # none', 'podSelector: {}'],
      [set('spec.egress', [])],
      ['egress: [] # none', 'podSelector: {}'],
    ],
    [
      'more items, and nothing else of the list',
      ['policyTypes: # types', '  - "Ingress" # in', 'podSelector: {}'],
      [set('spec.policyTypes', ['Ingress', 'Egress'])],
      ['policyTypes: # types', '  - "Ingress" # in', '  - "Egress"', 'podSelector: {}'],
    ],
    [
      'an item of a list in brackets',
      ['egress: [{ ports: [{ port: 53, protocol: UDP }] }]'],
      [set('spec.egress.0.ports.1', PORT)],
      ['egress: [{ ports: [{ port: 53, protocol: UDP }, { protocol: TCP, port: 53 }] }]'],
    ],
    [
      'an item of a list in lines',
      [
        'egress:',
        '  - ports:',
        '      - port: 53 # dns',
        '        protocol: UDP # udp',
        '    to: []',
      ],
      [set('spec.egress.0.ports.1', PORT)],
      [
        'egress:',
        '  - ports:',
        '      - port: 53 # dns',
        '        protocol: UDP # udp',
        '      - protocol: TCP',
        '        port: 53',
        '    to: []',
      ],
    ],
    [
      'a key of brackets in several lines',
      ['egress: [', '  {', '    ports: [] # c', '  },', ']'],
      [set('spec.egress.0.to', [])],
      ['egress: [', '  {', '    ports: [], # c', '    to: []', '  },', ']'],
    ],
    [
      'a rule that goes, and comments that stay',
      [
        'ingress:',
        '  # first',
        '  - from: [] # a',
        '    ports: []',
        '  # second',
        '  - {} # b',
        '  # end',
      ],
      [remove('spec.ingress.0')],
      ['ingress:', '  # first', '  # second', '  - {} # b', '  # end'],
    ],
    [
      'the only rule that goes',
      ['ingress: # rules', '  - from: []', '    ports: []', 'podSelector: {}'],
      [remove('spec.ingress.0')],
      ['ingress: [] # rules', 'podSelector: {}'],
    ],
    [
      'the last rule that goes while a key comes',
      ['podSelector: {}', 'egress:', '  - {}', '  - ports: []'],
      [set('spec.policyTypes', ['Ingress', 'Egress']), remove('spec.egress.1')],
      ['podSelector: {}', 'egress:', '  - {}', 'policyTypes:', '  - Ingress', '  - Egress'],
    ],
    [
      'items of brackets that go',
      ['ingress: [{ ports: [] }, {}, { from: [] }]'],
      [remove('spec.ingress.2')],
      ['ingress: [{ ports: [] }, {}]'],
    ],
    [
      'the first of them',
      ['ingress: [{ ports: [] }, {}]'],
      [remove('spec.ingress.0')],
      ['ingress: [{}]'],
    ],
    [
      'a key that is another one',
      ['podSelector:', '  matchLabels:', '    name: ops # here', '    app: web'],
      [
        set('spec.podSelector', {
          matchLabels: { app: 'web', 'kubernetes.io/metadata.name': 'ops' },
        }),
      ],
      [
        'podSelector:',
        '  matchLabels:',
        '    kubernetes.io/metadata.name: ops # here',
        '    app: web',
      ],
    ],
    [
      'a rule that was split by a dash',
      [
        'ingress:',
        '  - from: # peers',
        '      - podSelector: {}',
        '  # and',
        '  - ports: # ports',
        '      - port: 80 # http',
      ],
      [set('spec.ingress.0.ports', [{ port: 80 }]), remove('spec.ingress.1')],
      [
        'ingress:',
        '  - from: # peers',
        '      - podSelector: {}',
        '  # and',
        '    ports: # ports',
        '      - port: 80 # http',
      ],
    ],
    [
      'the same in the other order',
      ['ingress:', '- ports:', '  - port: 80', '- from:', '  - podSelector: {}'],
      [set('spec.ingress.1.ports', [{ port: 80 }]), remove('spec.ingress.0')],
      ['ingress:', '- ports:', '  - port: 80', '  from:', '  - podSelector: {}'],
    ],
    [
      'the same in braces',
      ['ingress: [{ from: [] }, { ports: [{ port: 80 }] }]'],
      [set('spec.ingress.0.ports', [{ port: 80 }]), remove('spec.ingress.1')],
      ['ingress: [{ from: [], ports: [{ port: 80 }] }]'],
    ],
    [
      'braces in lines',
      ['ingress:', '  - { from: [] }', '  - { ports: [{ port: 80 }] }'],
      [set('spec.ingress.0.ports', [{ port: 80 }]), remove('spec.ingress.1')],
      ['ingress:', '  - { from: [], ports: [{ port: 80 }] }'],
    ],
    [
      'quotes around a value as it is written',
      ['podSelector: { matchLabels: { zone: 0123 } }'],
      [quote('spec.podSelector.matchLabels.zone')],
      ['podSelector: { matchLabels: { zone: "0123" } }'],
    ],
    [
      'a key behind a text of several lines',
      ['note: |', '  a', '', '  b', ''],
      [set('spec.egress', [])],
      ['note: |', '  a', '', '  b', 'egress: []', ''],
    ],
  ])('writes %s', (_name, spec, edits, expected) => {
    // A blank line has no indent to take away.
    expect(after(spec, ...edits).map((line) => line.trimEnd())).toEqual(expected);
  });

  it('keeps line endings, a missing last one, a byte order mark and the other documents', () => {
    const before = `\uFEFF${policyText('podSelector: {} # a')}---\n# b\nkind:   X\n...\n---\n${policyText('podSelector:   {}').replace('name: web', 'name: db')}`;
    const crlf = before.replaceAll('\n', '\r\n').replace(/\r\n$/, '');
    const fixes = [
      fixOf([set('spec.policyTypes', ['Ingress'])]),
      fixOf([set('spec.egress', [])], { object: 'NetworkPolicy shop/db' }),
    ];
    const { text, leftOut } = mendText(crlf, fixes);
    expect(leftOut).toEqual([]);
    expect(text).toBe(
      crlf
        .replace('{} # a\r\n', '{} # a\r\n  policyTypes: [Ingress]\r\n')
        .replace('podSelector:   {}', 'podSelector:   {}\r\n  egress: []'),
    );
  });

  it('writes JSON as JSON', () => {
    const object = {
      kind: 'NetworkPolicy',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] },
    };
    const fixes = [
      fixOf([set('spec.policyTypes', ['Ingress'])]),
      fixOf([set('spec.ingress.0.ports.0.protocol', 'TCP')]),
      fixOf([set('spec.podSelector.matchLabels', { app: 'web' })]),
    ];
    const expected = {
      ...object,
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [{ ports: [{ port: 80, protocol: 'TCP' }] }],
        policyTypes: ['Ingress'],
      },
    };
    for (const indent of [0, 2, 4]) {
      const list = { apiVersion: 'v1', kind: 'List', items: [object] };
      const { text, leftOut } = mendText(JSON.stringify(list, null, indent), fixes);
      expect(leftOut).toEqual([]);
      expect(JSON.parse(text)).toEqual({ ...list, items: [expected] });
      expect(text.split('\n').length).toBe(
        indent === 0 ? 1 : JSON.stringify(list, null, indent).split('\n').length + 2,
      );
    }
  });

  it('finds objects in lists that imply their kind, and the right one of several', () => {
    const item = (name: string): string =>
      `- metadata: { name: ${name}, namespace: shop }\n  spec:\n    podSelector: {}\n`;
    const before = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems:\n${item('api')}${item('web')}`;
    const { text } = mendText(before, [fixOf([set('spec.egress', [])])]);
    expect(text).toBe(`${before}    egress: []\n`);
  });

  it.each<[string, string, FixEdit]>([
    [
      'an alias on the way',
      policyText('podSelector: &a {}', 'ingress: *a'),
      set('spec.ingress.x', 1),
    ],
    [
      'an anchor on the way',
      policyText('podSelector: &a {}', 'ingress: *a'),
      set('spec.podSelector.x', 1),
    ],
    [
      'an anchor in what goes',
      policyText('ingress: [{ from: &a [] }, {}]'),
      remove('spec.ingress.0'),
    ],
    ['a merge key', policyText('podSelector:', '  <<: { a: b }'), set('spec.podSelector.x', 1)],
    ['a value that is not there', policyText('ingress: []'), remove('spec.ingress.0')],
    ['a position that is not the next', policyText('ingress: []'), set('spec.ingress.1', {})],
    ['a path through nothing', policyText('podSelector: {}'), set('spec.ingress.0.ports', [])],
    ['a list that is none', policyText('ingress: {}'), set('spec.ingress.0', {})],
    [
      'a comment that would go',
      policyText('podSelector:', '  a: 1 # c', '  b: 2'),
      set('spec.podSelector', []),
    ],
    ['a text in quotes', policyText('podSelector: { a: "1" }'), quote('spec.podSelector.a')],
    ['a tag', policyText('podSelector: { a: !!str 1 }'), set('spec.podSelector.a', 2)],
    ['what is there already', policyText('egress: []'), set('spec.egress', [])],
    ['a template', policyText('podSelector: {} # {{ x }}'), set('spec.egress', [])],
    ['what is no YAML', policyText('podSelector: {'), set('spec.egress', [])],
    ['another object', policyText('podSelector: {}').replace('web', 'api'), set('spec.egress', [])],
    ['two of the name', `${policyText('a: 1')}---\n${policyText('a: 1')}`, set('spec.egress', [])],
    ['a key that is no text', policyText('? [a]', ': b'), set('spec.egress', [])],
    ['brackets too deep', `a: ${'['.repeat(200_000)}`, set('spec.egress', [])],
    ['dashes too deep', '- '.repeat(200_000), set('spec.egress', [])],
    ['keys too deep', '? '.repeat(200_000), set('spec.egress', [])],
  ])('leaves out what is about %s', (_name, text, edit) => {
    expect(refusal(text, edit)).toEqual(expect.any(String));
  });

  it('makes the first of two fixes for one place, and an equal one with it', () => {
    const before = policyText('podSelector: {}', 'ingress:', '  - ports:', '    - port: 53');
    const path = 'spec.ingress.0.ports.0.protocol';
    const { text, made, leftOut } = mendText(before, [
      fixOf([set(path, 'UDP')], { rule: 'NP303' }),
      fixOf([set(path, 'TCP')], { rule: 'NP306' }),
      fixOf([set(path, 'UDP')], { rule: 'NP307' }),
      fixOf([remove('spec.ingress.0')], { rule: 'NP701' }),
    ]);
    expect(text).toBe(`${before}        protocol: UDP\n`);
    expect(made.map(({ rule }) => rule)).toEqual(['NP303', 'NP307']);
    expect(leftOut.map(({ fix, why }) => [fix.rule, why])).toEqual([
      ['NP306', 'the fix for NP303 is about the same place'],
      ['NP701', 'the fix for NP303 is about the same place'],
    ]);
  });

  it('removes all elements of a list by several fixes', () => {
    for (const spec of [
      ['ingress:', '  - {}', '  - ports: []'],
      ['ingress: [{}, { ports: [] }]'],
    ]) {
      const fixes = [0, 1].map((at) => fixOf([remove(`spec.ingress.${at}`)]));
      const { text, leftOut } = mendText(policyText(...spec), fixes);
      expect(leftOut).toEqual([]);
      expect(specOf(text)).toEqual(['ingress: []']);
    }
  });
});
