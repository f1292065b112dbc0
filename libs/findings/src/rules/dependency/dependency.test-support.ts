import { deployment, namespace } from '../../findings.test-support.js';

/** CoreDNS as kubeadm installs it, with its Service. */
export const DNS = `${namespace('kube-system')}${deployment(
  'kube-system',
  'coredns',
  ', k8s-app: kube-dns',
)}---
apiVersion: v1
kind: Service
metadata: { name: kube-dns, namespace: kube-system }
spec:
  clusterIP: 10.96.0.10
  selector: { k8s-app: kube-dns }
  ports: [{ name: dns, port: 53, protocol: UDP }, { name: dns-tcp, port: 53, protocol: TCP }]
`;

/** A Service of one port, for the pods with the label `app` of its name. */
export function service(namespace: string, name: string, spec: string): string {
  return `---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { app: ${name} }, ${spec} }
`;
}

/** The Service of the API server, and where it listens. */
export const API_SERVER = `---
apiVersion: v1
kind: Service
metadata: { name: kubernetes, namespace: default }
spec: { clusterIP: 10.96.0.1, ports: [{ name: https, port: 443, targetPort: 6443 }] }
---
apiVersion: v1
kind: Endpoints
metadata: { name: kubernetes, namespace: default }
subsets: [{ addresses: [{ ip: 192.0.2.10 }], ports: [{ name: https, port: 6443 }] }]
`;
