import { PROTOCOLS, servicePortName } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import type { EndPair } from '../questions/end-pairs.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { targetTraffic } from './service-ports.js';
import { servicesSelecting } from './services-of-pod.js';

/**
 * A port of a Service that leads to what was asked of the pair's destination, and whose own number is within `admitted`:
 * the rule was written for the Service, but policies see the pod's port. Null when there is none.
 */
export function servicePortWithin(
  analysis: Analysis,
  { destination: { pod }, asked }: EndPair,
  admitted: number,
): string | null {
  const { traffic, view } = analysis;
  if (pod === null) return null;
  for (const { name, namespace, spec } of servicesSelecting(view, pod.namespace, pod.labels))
    for (const port of spec.ports) {
      const own = traffic.range(PROTOCOLS.indexOf(port.protocol), port.port, port.port);
      const target = targetTraffic(analysis, port, pod.ports);
      if (
        !spec.headless &&
        traffic.intersection(own, admitted) !== NO_TRAFFIC &&
        traffic.intersection(target, asked) !== NO_TRAFFIC
      )
        return `port ${servicePortName(port)} of Service ${view.namespaceName(namespace)}/${name}`;
    }
  return null;
}
