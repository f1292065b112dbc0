import type { Findings } from '../validate/findings.js';
import type { ObjectMeta } from '../validate/object-meta.js';
import { DEFAULT_NAMESPACE } from './apply-defaults.js';
import type { Interner } from './interner.js';

/** The name and the namespace of a namespaced object; a missing namespace is noted. */
export function nameOf(
  { name, namespace }: ObjectMeta,
  interner: Interner,
  findings: Findings,
): { name: string; namespace: string } {
  if (namespace === null) {
    const message = `no namespace is given; ${DEFAULT_NAMESPACE} is taken`;
    findings.note(['metadata', 'namespace'], message, 'DEFAULT_NAMESPACE');
  }
  return { name: interner.text(name), namespace: interner.text(namespace ?? DEFAULT_NAMESPACE) };
}
