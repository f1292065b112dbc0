import { expect, it } from 'vitest';
import { type ServiceSpec, serviceSpecJson } from './service.js';

const SPEC: ServiceSpec = {
  type: 'NodePort',
  headless: false,
  clusterIPs: [],
  selector: null,
  ports: [],
  externalName: null,
  externalIPs: [],
  loadBalancerIPs: [],
  sourceRanges: [],
  endpoints: [],
};

it('the text of a Service names its externalTrafficPolicy only where it is Local, so that earlier hashes hold', () => {
  const text =
    '{"type":"NodePort","headless":false,"clusterIPs":[],"selector":null,"ports":[],"externalName":null,"externalIPs":[],"loadBalancerIPs":[],"sourceRanges":[],"endpoints":[]}';
  expect(serviceSpecJson(SPEC)).toBe(text);
  expect(serviceSpecJson({ ...SPEC, externalTrafficPolicy: 'Local' })).toBe(
    text.replace(/}$/, ',"externalTrafficPolicy":"Local"}'),
  );
});
