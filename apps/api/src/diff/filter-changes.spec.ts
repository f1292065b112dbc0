import type { AccessChange, AccessChangeKind, EndpointRef } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { filterChanges } from './filter-changes.js';

const POD: EndpointRef = { kind: 'pod', index: 0, namespace: 'a', name: 'p' };
const INTERNET: EndpointRef = { kind: 'external', cidrs: ['0.0.0.0/0'], includesInternet: true };
const PRIVATE: EndpointRef = { kind: 'external', cidrs: ['10.0.0.0/8'], includesInternet: false };

function change(
  kind: AccessChangeKind,
  source: EndpointRef,
  destination: EndpointRef,
): AccessChange {
  const traffic = { before: [], after: [], opened: [], closed: [] };
  return {
    kind,
    source: { side: 'HEAD', ref: source },
    destination: { side: 'HEAD', ref: destination },
    ...traffic,
    causedBy: [],
  };
}

const FROM_INTERNET = change('OPENED', INTERNET, POD);
const TO_INTERNET = change('CLOSED', POD, INTERNET);
const TO_PRIVATE = change('OPENED', POD, PRIVATE);
const ALL = [FROM_INTERNET, TO_INTERNET, TO_PRIVATE];

describe('filterChanges', () => {
  it.each([null, undefined, {}, { kinds: null, internet: null }])('takes all for %j', (filter) => {
    expect(filterChanges(ALL, filter)).toEqual(ALL);
  });

  it('filters by kind', () => {
    expect(filterChanges(ALL, { kinds: ['OPENED'] })).toEqual([FROM_INTERNET, TO_PRIVATE]);
    expect(filterChanges(ALL, { kinds: [] })).toEqual([]);
  });

  it('filters by public addresses on either side; private networks are not the internet', () => {
    expect(filterChanges(ALL, { internet: true })).toEqual([FROM_INTERNET, TO_INTERNET]);
    expect(filterChanges(ALL, { internet: false, kinds: ['OPENED'] })).toEqual([TO_PRIVATE]);
  });
});
