import type { ServicePort } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_CLASS } from '../snapshot-index.js';
import { serviceBackends } from './service-backends.js';
import { ServicePorts } from './service-ports.js';

/**
 * The pods behind a Service (snapshot-wide index) that take part, by class, and the traffic that clients of some of its ports send
 * to them, as a traffic set: none where a port leads to a name that they do not declare.
 */
export function serviceTargets(
  analysis: Analysis,
  index: number,
  isWanted: (port: ServicePort) => boolean = () => true,
): Map<number, number> {
  const service = analysis.view.services.at(index);
  const { podClass } = analysis.index.pods;
  const { pods, targets } = serviceBackends(analysis, service);
  const ports = new ServicePorts(analysis, service.spec, targets);
  const wanted = service.spec.ports.filter(isWanted);
  const classes = new Set(pods.map((pod) => podClass[pod]!));
  classes.delete(NO_CLASS);
  return new Map(Array.from(classes, (one) => [one, ports.ofClass(one, wanted)]));
}
