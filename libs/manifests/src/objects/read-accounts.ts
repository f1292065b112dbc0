import type { ReadKind } from '../kinds.js';
import { faultInPathSegment, faultInSubdomainName } from '../validate/names.js';
import { readObjectMeta } from '../validate/object-meta.js';
import type { PodSpecManifest } from '../validate/pod.js';
import { readAccountSubjects } from '../validate/role-binding.js';
import { booleanAt } from '../validate/shape.js';
import { DEFAULT_NAMESPACE } from './apply-defaults.js';
import type { Interner } from './interner.js';
import type { ObjectInput } from './object-input.js';
import type { PodAccount, SlimRoleBinding, SlimServiceAccount } from './slim-objects.js';

/** The account of pods that name none. */
const DEFAULT_ACCOUNT = 'default';

/** The service account of a pod. */
export function podAccount(
  { serviceAccount, automount }: PodSpecManifest,
  interner: Interner,
): PodAccount {
  return interner.account({ name: serviceAccount ?? DEFAULT_ACCOUNT, automount });
}

/** Reads a ServiceAccount. */
export function readServiceAccountObject({
  object,
  source,
  interner,
  findings,
}: ObjectInput): SlimServiceAccount {
  const { name, namespace, labels } = readObjectMeta(object, faultInSubdomainName, findings);
  const path = ['automountServiceAccountToken'];
  return {
    type: 'serviceAccount',
    name: interner.text(name),
    namespace: interner.text(namespace ?? DEFAULT_NAMESPACE),
    labels: interner.labels(labels),
    source,
    automount: booleanAt(object.automountServiceAccountToken, path, findings) ?? true,
  };
}

/** Reads a RoleBinding or a ClusterRoleBinding. An account without namespace is one of the RoleBinding's own. */
export function readRoleBindingObject(
  { isClusterScoped }: Extract<ReadKind, { reads: 'roleBinding' }>,
  { object, source, interner, findings }: ObjectInput,
): SlimRoleBinding {
  const { name, namespace, labels } = readObjectMeta(object, faultInPathSegment, findings);
  const own = isClusterScoped ? null : (namespace ?? DEFAULT_NAMESPACE);
  const accounts = readAccountSubjects(object, findings).flatMap((subject) => {
    const within = subject.name === null ? subject.namespace : (subject.namespace ?? own);
    if (subject.name !== null && within === null) return [];
    return [
      {
        namespace: within === null ? null : interner.text(within),
        name: subject.name === null ? null : interner.text(subject.name),
      },
    ];
  });
  return {
    type: 'roleBinding',
    name: interner.text(name),
    namespace: own === null ? '' : interner.text(own),
    labels: interner.labels(labels),
    source,
    accounts,
  };
}
