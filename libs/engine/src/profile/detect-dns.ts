import { type Detection, formatSelector, type WorkloadSelector } from '@portolan/model';
import type { ClusterSigns, SignWorkload } from './cluster-signs.js';

/** The address that the manifests of NodeLocal DNSCache have. */
const NODE_LOCAL_ADDRESS = '169.254.20.10';

/** Labels of DNS servers, the most telling first. */
const DNS_LABELS: readonly (readonly [string, string])[] = [
  ['k8s-app', 'kube-dns'],
  ['dns.operator.openshift.io/daemonset-dns', 'default'],
  ['k8s-app', 'coredns'],
  ['app.kubernetes.io/name', 'coredns'],
];

/** Where pods send DNS queries. */
export function detectDns(signs: ClusterSigns): Detection[] {
  const detections: Detection[] = [];
  const server = DNS_LABELS.flatMap(([key, value]) => {
    const found = signs.workloads.find(({ labels }) => labels[key] === value);
    return found === undefined ? [] : [{ found, label: [key, value] as const }];
  })[0];
  if (server !== undefined) {
    const { found, label } = server;
    detections.push({
      setting: 'dnsPods',
      value: podsOf(found, label),
      reason: `its pods have the label of DNS servers, ${label.join('=')}`,
      object: found.displayName,
      confidence: 'LIKELY',
    });
  }
  const cache = signs.daemonSet(['node-local-dns'], ['k8s-app', 'node-local-dns']);
  if (cache !== null)
    detections.push({
      setting: 'nodeLocalDnsAddress',
      value: NODE_LOCAL_ADDRESS,
      reason: 'NodeLocal DNSCache listens on this address unless it was told otherwise',
      object: cache.displayName,
      confidence: 'LIKELY',
    });
  return detections;
}

/** Pods with a label, in the namespace of a workload. */
function podsOf(
  { namespace }: Pick<SignWorkload, 'namespace'>,
  [key, value]: readonly [string, string],
): WorkloadSelector {
  const equal = (name: string, text: string): string =>
    formatSelector([{ key: name, operator: 'In', values: [text] }]);
  return { namespaces: equal('kubernetes.io/metadata.name', namespace), pods: equal(key, value) };
}
