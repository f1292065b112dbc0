import { describe, expect, it } from 'vitest';
import { readProfileChanges, settingsOf } from './read-profile-changes.js';

function fieldsAtFault(input: Parameters<typeof readProfileChanges>[0]): unknown[] {
  return readProfileChanges(input).errors.map(({ field }) => field?.slice(2).join('.'));
}

describe('readProfileChanges', () => {
  it('changes nothing when nothing is given', () => {
    for (const input of [undefined, null, {}, { enforcement: undefined as never }])
      expect(readProfileChanges(input)).toEqual({ changes: {}, errors: [] });
  });

  it('makes networks, addresses and selectors canonical', () => {
    const { changes, errors } = readProfileChanges({
      podCidrs: ['10.244.1.9/16', '10.244.0.0/16', 'FD00::/64'],
      apiServerCidrs: ['10.96.0.1'],
      nodeLocalDnsAddress: 'FD00::0a',
      dnsPods: { pods: 'app in (b, a)' },
      ingressControllers: [{ namespaces: ' env = prod ', pods: null }],
      protectedNamespaceLabels: ['team', 'example.com/zone', 'team'],
    });
    expect(errors).toEqual([]);
    expect(changes).toEqual({
      podCidrs: ['10.244.0.0/16', 'fd00::/64'],
      apiServerCidrs: ['10.96.0.1/32'],
      nodeLocalDnsAddress: 'fd00::a',
      dnsPods: { namespaces: null, pods: 'app in (a,b)' },
      ingressControllers: [{ namespaces: 'env=prod', pods: null }],
      protectedNamespaceLabels: ['example.com/zone', 'team'],
    });
  });

  it('goes back to what is detected where null is given; a new cluster has no such setting', () => {
    const { changes } = readProfileChanges({ enforcement: null, ipBlockMatchesPods: false });
    expect(changes).toEqual({ enforcement: null, ipBlockMatchesPods: false });
    expect(settingsOf(changes)).toEqual({ ipBlockMatchesPods: false });
  });

  it.each([
    [{ podCidrs: ['10.0.0.0/8', '10.0.0/8'] }, 'podCidrs.1'],
    [{ nodeCidrs: Array.from({ length: 257 }, () => '10.0.0.0/8') }, 'nodeCidrs'],
    [{ nodeLocalDnsAddress: '169.254.20' }, 'nodeLocalDnsAddress'],
    [{ dnsPods: { pods: 'app in' } }, 'dnsPods.pods'],
    [{ ingressControllers: [{}, { namespaces: '=' }] }, 'ingressControllers.1.namespaces'],
    [{ ingressControllers: Array.from({ length: 33 }, () => ({})) }, 'ingressControllers'],
    [{ protectedNamespaceLabels: ['team', 'a b'] }, 'protectedNamespaceLabels.1'],
    [
      { protectedNamespaceLabels: Array.from({ length: 257 }, () => 'team') },
      'protectedNamespaceLabels',
    ],
  ])('refuses %j', (input, field) => {
    expect(fieldsAtFault(input)).toEqual([field]);
  });
});
