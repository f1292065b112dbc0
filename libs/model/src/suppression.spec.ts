import { describe, expect, it } from 'vitest';
import { isDay, parseIgnore } from './suppression.js';

describe('parseIgnore', () => {
  it('reads entries with a reason, and a last day where one is given', () => {
    expect(
      parseIgnore('NP201=waits for the roll-out until 2027-01-31; NP306=all is TCP\n'),
    ).toEqual({
      entries: [
        { rule: 'NP201', reason: 'waits for the roll-out', until: '2027-01-31' },
        { rule: 'NP306', reason: 'all is TCP', until: null },
      ],
      faults: [],
    });
  });

  it.each([
    ['no reason', 'NP201='],
    ['nothing but a day', 'NP201=until 2027-01-31'],
    ['no rule', 'because until 2027-01-31'],
    ['a name of a rule', 'policy-selects-nothing=later'],
    ['a day that is none', 'NP201=later until 2027-02-29'],
    ['a day in words', 'NP201=later until next week'],
    ['a word that may be a day', 'NP201=waits until the roll-out'],
    ['nothing', ' ; \n'],
    ['more than may be', `NP201=${'x'.repeat(5_000)}`],
  ])('silences nothing and says so: %s', (_, text) => {
    const { entries, faults } = parseIgnore(text);
    expect([entries, faults.length]).toEqual([[], 1]);
  });

  it('takes the last "until", and no part of a word', () => {
    expect(
      parseIgnore('NP201=until-then is no word, until it is, until 2027-01-31').entries,
    ).toEqual([
      { rule: 'NP201', reason: 'until-then is no word, until it is,', until: '2027-01-31' },
    ]);
  });

  it('keeps what can be read beside what cannot', () => {
    const { entries, faults } = parseIgnore('NP201=a; NP202');
    expect([entries.length, faults.length]).toEqual([1, 1]);
  });
});

describe('isDay', () => {
  it.each([
    ['2028-02-29', true],
    ['2100-02-29', false],
    ['2027-04-31', false],
    ['2027-13-01', false],
    ['2027-1-1', false],
    ['2027-01-31T00:00:00Z', false],
  ])('%s: %s', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });
});
