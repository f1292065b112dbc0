import type { PolicyPort } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { ruleTraffic } from './rule-traffic.js';

function tcp(port: PolicyPort['port'], endPort: number | null = null): PolicyPort {
  return { protocol: 'TCP', port, endPort };
}

describe('ruleTraffic', () => {
  it('is all traffic without ports', () => {
    expect(ruleTraffic(null)).toMatchObject({ text: 'All', namedPorts: [] });
  });

  it('merges ranges that touch or overlap, and sorts them', () => {
    const { ranges, text } = ruleTraffic([tcp(443), tcp(81, 90), tcp(80), tcp(85, 100)]);
    expect(ranges).toEqual([
      { protocol: 'TCP', from: 80, to: 100 },
      { protocol: 'TCP', from: 443, to: 443 },
    ]);
    expect(text).toBe('TCP 80-100,443');
  });

  it('names ports that only pods can number, and leaves them out of the ranges', () => {
    const dns: PolicyPort = { protocol: 'UDP', port: 'dns', endPort: null };
    const { ranges, namedPorts, text } = ruleTraffic([tcp('http'), tcp(80), dns, dns]);
    expect(ranges).toEqual([{ protocol: 'TCP', from: 80, to: 80 }]);
    expect(namedPorts).toEqual([
      { name: 'http', protocol: 'TCP' },
      { name: 'dns', protocol: 'UDP' },
    ]);
    expect(text).toBe('TCP 80,http; UDP dns');
  });

  it('is no traffic when none of the ports is known', () => {
    expect(ruleTraffic([])).toEqual({ ranges: [], namedPorts: [], text: 'None' });
  });

  it('puts names of any protocol last', () => {
    const http: PolicyPort = { protocol: null, port: 'http', endPort: null };
    const { ranges, namedPorts, text } = ruleTraffic([http, tcp(80), tcp('http')]);
    expect(ranges).toEqual([{ protocol: 'TCP', from: 80, to: 80 }]);
    expect(namedPorts).toEqual([
      { name: 'http', protocol: null },
      { name: 'http', protocol: 'TCP' },
    ]);
    expect(text).toBe('TCP 80,http; port http');
  });

  it('takes a protocol without a port as all its ports', () => {
    expect(ruleTraffic([tcp(null), tcp(80)])).toMatchObject({ text: 'TCP all', namedPorts: [] });
  });
});
