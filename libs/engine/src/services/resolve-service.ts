import type { EndpointRef, QuestionProblem, TrafficQuery } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import {
  endpointOfPods,
  externalOf,
  type ResolvedEndpoint,
} from '../questions/resolved-endpoint.js';
import { serviceBackends } from './service-backends.js';
import { ServicePorts } from './service-ports.js';

type Problem = Omit<QuestionProblem, 'argument'>;

/** A Service as an endpoint: what stands behind it. Says why where nobody can know that. */
export function resolveService(
  analysis: Analysis,
  namespace: string,
  name: string,
): ResolvedEndpoint | Problem {
  const { view } = analysis;
  const index = view.services.find(view.findNamespace(namespace), name);
  if (index < 0) return { code: 'NOT_FOUND', message: `There is no Service ${namespace}/${name}.` };
  const service = view.services.at(index);
  const { spec } = service;
  if (spec.type === 'ExternalName')
    return invalid(
      `Service ${namespace}/${name} is another name (ExternalName) of ${String(spec.externalName)}: policies see the addresses behind that name. Ask about these.`,
    );
  if (spec.selector === null && spec.endpoints.length === 0)
    return invalid(
      `Service ${namespace}/${name} has no selector, and the snapshot has no EndpointSlice of it: what stands behind it is not known.`,
    );
  const { pods, addresses, targets } = serviceBackends(analysis, service);
  const ref: EndpointRef = { kind: 'service', index, namespace, name };
  const cidrs = addresses.map((ip) => `${ip}/${ip.includes(':') ? '128' : '32'}`);
  const external = cidrs.length === 0 ? null : externalOf(analysis, cidrs);
  return {
    ...endpointOfPods(analysis, ref, pods, -1, external),
    // Clients of a headless Service get the pods' addresses: the port that they use is the pod's.
    servicePorts: spec.headless ? null : new ServicePorts(analysis, spec, targets),
  };
}

/** That a Service has no such port; null when it has, or when the ports asked about are those of pods. */
export function missingServicePort(
  { ref, servicePorts }: ResolvedEndpoint,
  query: TrafficQuery,
): Problem | null {
  if (servicePorts === null || ref.kind !== 'service' || query.protocol === 'OTHER') return null;
  if (servicePorts.matching(query).length > 0) return null;
  const { names } = servicePorts;
  return invalid(
    `Service ${ref.namespace}/${ref.name} has no such port. It has ${names === '' ? 'none' : names}.`,
  );
}

function invalid(message: string): Problem {
  return { code: 'INVALID', message };
}
