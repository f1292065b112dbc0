import type { FixEdit, ObjectFix } from '@portolan/model';

/** A fix of `NetworkPolicy shop/web` in `deploy/web.yaml`, unless said otherwise. */
export function fixOf(edits: readonly FixEdit[], more: Partial<ObjectFix> = {}): ObjectFix {
  return {
    rule: 'NP000',
    object: 'NetworkPolicy shop/web',
    location: { path: 'deploy/web.yaml', startLine: 1, endLine: 1000, documentIndex: 0 },
    line: 1,
    path: null,
    text: 'Mend it.',
    edits,
    ...more,
  };
}

/** An edit that writes a value; the path with dots. */
export function set(path: string, value: unknown): FixEdit {
  return { op: 'set', path: keysOf(path), value };
}

/** An edit that removes what is there. */
export function remove(path: string): FixEdit {
  return { op: 'remove', path: keysOf(path) };
}

/** An edit that makes text of what is there. */
export function quote(path: string): FixEdit {
  return { op: 'quote', path: keysOf(path) };
}

function keysOf(path: string): (string | number)[] {
  return path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}

/** A policy with lines of its spec. */
export function policyText(...spec: readonly string[]): string {
  return [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    'metadata: { name: web, namespace: shop }',
    'spec:',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}
