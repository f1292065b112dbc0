import type { ContainerPort } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { DeclaredPorts } from './declared-ports.js';

const HTTP: ContainerPort = { name: 'http', port: 8080, protocol: 'TCP' };
const METRICS: ContainerPort = { name: null, port: 9090, protocol: 'TCP' };
const DNS: ContainerPort = { name: 'dns', port: 53, protocol: 'UDP' };
const DNS_TCP: ContainerPort = { name: 'dns', port: 53, protocol: 'TCP' };

describe('DeclaredPorts', () => {
  it('has each port once, in the order in which they are declared', () => {
    const { ports } = new DeclaredPorts([[HTTP, METRICS], [{ ...HTTP }], [DNS, HTTP]]);
    expect(ports).toEqual([HTTP, METRICS, DNS]);
  });

  it('is known where every pod declares some', () => {
    expect(new DeclaredPorts([[HTTP], [DNS]]).isKnown).toBe(true);
    expect(new DeclaredPorts([[HTTP], []]).isKnown).toBe(false);
  });

  it('finds ports in a range of one protocol', () => {
    const declared = new DeclaredPorts([[HTTP, DNS]]);
    expect(declared.has('TCP', 8080)).toBe(true);
    expect(declared.has('UDP', 8080)).toBe(false);
    expect(declared.has('UDP', 50, 52)).toBe(false);
    expect(declared.has('UDP', 53, 60)).toBe(true);
  });

  it('finds what a name means', () => {
    const declared = new DeclaredPorts([
      [HTTP, METRICS],
      [DNS, DNS_TCP],
    ]);
    expect(declared.named({ name: 'dns', protocol: 'UDP' })).toEqual([DNS]);
    expect(declared.named({ name: 'dns', protocol: null })).toEqual([DNS, DNS_TCP]);
    expect(declared.named({ name: 'http', protocol: 'UDP' })).toEqual([]);
    expect(declared.named({ name: '', protocol: null })).toEqual([]);
  });
});
