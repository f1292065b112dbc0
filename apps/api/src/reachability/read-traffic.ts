import { faultInPortName } from '@portolan/manifests';
import { ANY_TRAFFIC, MAX_PORT, MIN_PORT, type TrafficQuery } from '@portolan/model';
import { BadQuestionError } from '../errors/bad-question.error.js';
import type { FieldsOf } from '../schema/new-model.js';
import type { TrafficInput } from './traffic.input.js';

/**
 * Reads the traffic of a question; left out = any.
 * @throws BadQuestionError INVALID with `argument` when it contradicts itself or is out of range.
 */
export function readTraffic(
  input: FieldsOf<TrafficInput> | null | undefined,
  argument: string,
): TrafficQuery {
  if (input === null || input === undefined) return ANY_TRAFFIC;
  const traffic: TrafficQuery = {
    protocol: input.protocol ?? null,
    port: input.port ?? null,
    endPort: input.endPort ?? null,
    portName: input.portName ?? null,
  };
  const message = problemOf(traffic);
  if (message !== null) throw new BadQuestionError({ code: 'INVALID', argument, message });
  return traffic;
}

function problemOf({ protocol, port, endPort, portName }: TrafficQuery): string | null {
  if (portName !== null && (port !== null || endPort !== null)) {
    return '`portName` and `port` exclude each other';
  }
  const nameFault = portName === null ? null : faultInPortName(portName);
  if (portName !== null && nameFault !== null) {
    return `"${portName.slice(0, 40)}" is not a port name: it ${nameFault}`;
  }
  if (port !== null && !isPort(port)) return notAPort('port', port);
  if (endPort !== null && port === null) return '`endPort` needs `port`, the first of the range';
  if (endPort !== null && !isPort(endPort)) return notAPort('endPort', endPort);
  if (endPort !== null && port !== null && endPort < port) return '`endPort` is less than `port`';
  if (protocol === 'OTHER' && (port !== null || portName !== null)) {
    return 'only TCP, UDP and SCTP have ports';
  }
  return null;
}

function isPort(port: number): boolean {
  return port >= MIN_PORT && port <= MAX_PORT;
}

function notAPort(field: string, port: number): string {
  return `\`${field}\` must be ${String(MIN_PORT)} to ${String(MAX_PORT)}, got ${String(port)}`;
}
