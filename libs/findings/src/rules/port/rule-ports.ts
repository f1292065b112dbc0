import type { PolicyPort, PolicyRule, Protocol } from '@portolan/model';
import type { PortName } from '../../declared-ports.js';

/** A single port of a rule that lets traffic pass, and where it stands. */
export interface NumberAt {
  readonly protocol: Protocol;
  readonly port: number;
  readonly portAt: number;
}

/** A named port of a rule that lets traffic pass, and where it stands. */
export interface NameAt extends PortName {
  readonly portAt: number;
}

/** The single numbers among the ports of a rule: no ranges. Rules that deny or pass have none here. */
export function numbersOf(rule: PolicyRule): NumberAt[] {
  return portsOf(rule).flatMap(({ protocol, port, endPort }, portAt) =>
    typeof port === 'number' && protocol !== null && (endPort === null || endPort === port)
      ? [{ protocol, port, portAt }]
      : [],
  );
}

/** The names among the ports of a rule. Rules that deny or pass have none here. */
export function namesOf(rule: PolicyRule): NameAt[] {
  return portsOf(rule).flatMap(({ protocol, port }, portAt) =>
    typeof port === 'string' ? [{ protocol, name: port, portAt }] : [],
  );
}

function portsOf({ action, ports }: PolicyRule): readonly PolicyPort[] {
  return action === 'ALLOW' ? (ports ?? []) : [];
}

/** `TCP http`, `any protocol, http`. */
export function nameText({ protocol, name }: PortName): string {
  return protocol === null ? name : `${protocol} ${name}`;
}
