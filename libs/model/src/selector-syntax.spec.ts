import { describe, expect, it } from 'vitest';
import { formatSelector } from './selector.js';
import { parseSelector } from './selector-syntax.js';

function parsed(text: string): unknown {
  const result = parseSelector(text);
  if (!result.ok) throw new Error(result.message);
  return result.selector;
}

function refusal(text: string): string {
  const result = parseSelector(text);
  if (result.ok) throw new Error(`"${text}" was read as "${formatSelector(result.selector)}"`);
  return result.message;
}

describe('parseSelector', () => {
  it.each(['', '  ', '\n'])('reads empty text as everything', (text) => {
    expect(parsed(text)).toEqual([]);
  });

  const requirements: [text: string, key: string, operator: string, values: string[]][] = [
    ['app=web', 'app', 'In', ['web']],
    ['app==web', 'app', 'In', ['web']],
    [' app = web ', 'app', 'In', ['web']],
    ['app=', 'app', 'In', ['']],
    ['app!=web', 'app', 'NotIn', ['web']],
    ['app!=', 'app', 'NotIn', ['']],
    ['app', 'app', 'Exists', []],
    ['!app', 'app', 'DoesNotExist', []],
    ['! app', 'app', 'DoesNotExist', []],
    ['tier in (b,a, b)', 'tier', 'In', ['a', 'b']],
    ['tier in(a)', 'tier', 'In', ['a']],
    ['tier notin (a,)', 'tier', 'NotIn', ['', 'a']],
    ['tier in (,)', 'tier', 'In', ['']],
    ['in in (in,notin)', 'in', 'In', ['in', 'notin']],
    ['notin', 'notin', 'Exists', []],
    ['app.kubernetes.io/name=a_b.c-d', 'app.kubernetes.io/name', 'In', ['a_b.c-d']],
  ];
  it.each(requirements)('reads %s', (text, key, operator, values) => {
    expect(parsed(text)).toEqual([{ key, operator, values }]);
  });

  it('joins requirements, in normal form', () => {
    expect(parsed('tier in (b,a),!legacy,app=web,app=web')).toEqual([
      { key: 'app', operator: 'In', values: ['web'] },
      { key: 'legacy', operator: 'DoesNotExist', values: [] },
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
    ]);
  });

  it.each(['app=web,tier in (a,b),!legacy', 'a!=b,c notin (d,e),f'])(
    'agrees with formatSelector: %s',
    (text) => {
      const { selector } = parseSelector(text) as {
        selector: Parameters<typeof formatSelector>[0];
      };
      expect(parsed(formatSelector(selector))).toEqual(selector);
    },
  );

  const refused: [text: string, says: string][] = [
    [',', 'a label key'],
    ['app=web,', 'a label key'],
    ['=web', 'a label key'],
    ['!', 'a label key'],
    ['app web', 'an operator'],
    ['app=web tier=a', '","'],
    ['app=a=b', '","'],
    ['tier in a', '"("'],
    ['tier in ()', 'no value'],
    ['tier in (a', 'found the end'],
    ['tier in (a b)', '")"'],
    ['!app=web', '","'],
    ['replicas > 3', 'do not compare'],
    ['-app=web', 'not a label key'],
    ['a/b/c', 'not a label key'],
    ['Example.com/a', 'not a label key'],
    ['/a', 'not a label key'],
    ['example.com/', 'not a label key'],
    [`${'k'.repeat(64)}=a`, 'not a label key'],
    [`${'p'.repeat(254)}/a`, 'not a label key'],
    ['app=we$b', 'not a label value'],
    ['app=web-', 'not a label value'],
    [`app=${'v'.repeat(64)}`, 'not a label value'],
    ['app=ä', 'not a label value'],
  ];
  it.each(refused)('refuses %s and says why', (text, says) => {
    expect(refusal(text)).toContain(says);
  });

  it('reads hostile text in no time', () => {
    expect(refusal(`app in (${'('.repeat(100_000)}`)).toContain('expected');
    expect(refusal(`a=${'-'.repeat(100_000)}`)).toContain('not a label value');
  });
});
