import type { ContainerPort } from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { NameAt } from './rule-ports.js';

/** The declared ports that a name of a rule means on the pods of a class. */
export function resolveName(
  { podPorts }: FindingContext,
  podClass: number,
  { name, protocol }: Pick<NameAt, 'name' | 'protocol'>,
): ContainerPort[] {
  return podPorts
    .declared(podClass)
    .ports.filter(
      (port) => port.name === name && (protocol === null || port.protocol === protocol),
    );
}
