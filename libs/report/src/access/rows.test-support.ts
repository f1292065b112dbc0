import type { EndpointRef } from '@portolan/model';
import type { AllowedAccessRow } from './allowed-access-row.js';

/** A workload. */
export const WEB: EndpointRef = {
  kind: 'workload',
  index: 0,
  namespace: 'shop',
  name: 'web',
  workloadKind: 'DEPLOYMENT',
  kindName: 'Deployment',
};

/** A pod. */
export const DB: EndpointRef = { kind: 'pod', index: 4, namespace: 'shop', name: 'db-0' };

/** Networks outside the cluster, public addresses among them. */
export const OUTSIDE: EndpointRef = {
  kind: 'external',
  cidrs: ['0.0.0.0/1', '2001:db8::/32'],
  includesInternet: true,
};

/** A row from WEB to DB on TCP 5432, but for what is given. */
export function row(fields: Partial<AllowedAccessRow> = {}): AllowedAccessRow {
  const traffic = [{ protocol: 'TCP', from: 5432, to: 5432 }] as const;
  return { source: WEB, destination: DB, traffic, ...fields };
}

/** A pod of that name. */
export function pod(name: string): EndpointRef {
  return { kind: 'pod', index: 9, namespace: 'shop', name };
}
