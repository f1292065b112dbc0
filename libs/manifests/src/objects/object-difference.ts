import { assertUnreachable } from '@portolan/model';
import type { SlimObject } from './slim-objects.js';

/**
 * The part (JSON path) in which two objects of one kind, namespace and name differ for the analysis; null = they say the
 * same. Labels that nothing selects (of policies, Services and routes) are no difference.
 */
export function objectDifference(a: SlimObject, b: SlimObject): string | null {
  const [before, after] = [partsOf(a), partsOf(b)];
  const different = Object.keys(before).find((path) => before[path] !== after[path]);
  return different ?? null;
}

/** What matters of an object, as text, by where it stands. Labels are sorted. */
function partsOf(object: SlimObject): Readonly<Record<string, string>> {
  switch (object.type) {
    case 'namespace':
      return { 'metadata.labels': JSON.stringify(object.labels) };
    case 'node':
      return {
        'metadata.labels': JSON.stringify(object.labels),
        spec: JSON.stringify(object.podCidrs),
        status: JSON.stringify(object.ips),
      };
    case 'pod': {
      const { labels, ports, hostNetwork, node, owner, ips, phase } = object;
      return {
        'metadata.labels': JSON.stringify(labels),
        'metadata.ownerReferences': JSON.stringify(owner),
        spec: JSON.stringify([ports, hostNetwork, node]),
        status: JSON.stringify([ips, phase]),
      };
    }
    case 'workload':
      return { 'spec.template': JSON.stringify([object.template, object.containers]) };
    case 'policy':
    case 'service':
    case 'route':
    case 'gateway':
    case 'grant':
      return { spec: object.spec };
    case 'endpoints':
      return { endpoints: object.endpoints };
    case 'serviceCidr':
      return { spec: JSON.stringify(object.cidrs) };
    case 'serviceAccount':
      return { automountServiceAccountToken: String(object.automount) };
    case 'roleBinding':
      return { subjects: JSON.stringify(object.accounts) };
    case 'apiServerCaller':
    case 'customResourceDefinition':
      return { webhooks: JSON.stringify(object.calls) };
    default:
      return assertUnreachable(object);
  }
}
