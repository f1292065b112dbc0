import { formatSelector, invariant, type LabelSelector, parseSelector } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { contradictionOf } from './contradiction.js';
import type { LabelOwner } from './label-box.js';

function selectorOf(text: string): LabelSelector {
  const parsed = parseSelector(text);
  invariant(parsed.ok, 'the selectors here are valid');
  return parsed.selector;
}

describe('contradictionOf', () => {
  const contradictory: [owner: LabelOwner, selector: string, because: string][] = [
    ['pod', 'app=a,app=b', 'app=a,app=b'],
    ['pod', 'app in (a,b),app in (c,d),tier=x', 'app in (a,b),app in (c,d)'],
    ['pod', 'app in (a,b),app notin (a,b,c)', 'app in (a,b),app notin (a,b,c)'],
    ['pod', 'app in (a,b),app!=a,app!=b', 'app in (a,b),app!=a,app!=b'],
    ['pod', 'app,!app', '!app,app'],
    ['pod', 'app=a,!app,app!=z', '!app,app=a'],
    ['namespace', '!kubernetes.io/metadata.name', '!kubernetes.io/metadata.name'],
  ];
  it.each(contradictory)('%s %s', (owner, selector, because) => {
    expect(formatSelector(contradictionOf(owner, selectorOf(selector)) ?? [])).toBe(because);
  });

  const satisfiable: [owner: LabelOwner, selector: string][] = [
    ['pod', ''],
    ['pod', 'app=a,tier=b'],
    ['pod', 'app in (a,b),app in (b,c)'],
    ['pod', 'app in (a,b),app!=a'],
    ['pod', '!app,app!=a'],
    ['pod', 'app,app notin (a,b)'],
    ['pod', '!kubernetes.io/metadata.name'],
    ['namespace', '!team'],
  ];
  it.each(satisfiable)('none of %s %s', (owner, selector) => {
    expect(contradictionOf(owner, selectorOf(selector))).toBeNull();
  });
});
