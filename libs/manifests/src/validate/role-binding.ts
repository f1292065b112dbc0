import type { Path } from '../documents/line-map.js';
import type { Findings } from './findings.js';
import { type Fields, listAt, mapAt, textAt } from './shape.js';

/** A subject of a role binding that means service accounts. */
export interface AccountSubject {
  /** Null = not given, or of every namespace where `name` is null, too. */
  readonly namespace: string | null;
  /** Null = a group of all service accounts. */
  readonly name: string | null;
}

/** Groups that the control plane puts every service account into. */
const ALL_ACCOUNTS = 'system:serviceaccounts';
const ACCOUNTS_OF = `${ALL_ACCOUNTS}:`;

/**
 * Reads the service accounts among the subjects of a RoleBinding or ClusterRoleBinding. Groups that roles of the control plane are
 * bound to are left out: every cluster has such (discovery of issuers, pulling of images), and they tell of no client.
 */
export function readAccountSubjects(object: Fields, findings: Findings): AccountSubject[] {
  const role = mapAt(object.roleRef, ['roleRef'], findings) ?? {};
  const roleName = textAt(role.name, ['roleRef', 'name'], findings) ?? '';
  const hasGroups = !roleName.startsWith('system:');
  return (listAt(object.subjects, ['subjects'], findings) ?? []).flatMap((entry, i) => {
    const path = ['subjects', i];
    const subject = mapAt(entry, path, findings) ?? {};
    const name = textAt(subject.name, [...path, 'name'], findings) ?? '';
    switch (textAt(subject.kind, [...path, 'kind'], findings)) {
      case 'ServiceAccount':
        return [{ name, namespace: namespaceOf(subject, path, findings) }];
      case 'Group':
        return hasGroups ? groupOf(name) : [];
      default:
        return [];
    }
  });
}

function namespaceOf(subject: Fields, path: Path, findings: Findings): string | null {
  const namespace = textAt(subject.namespace, [...path, 'namespace'], findings);
  return namespace === '' ? null : namespace;
}

function groupOf(name: string): AccountSubject[] {
  if (name === ALL_ACCOUNTS) return [{ namespace: null, name: null }];
  if (!name.startsWith(ACCOUNTS_OF)) return [];
  return [{ namespace: name.slice(ACCOUNTS_OF.length), name: null }];
}
