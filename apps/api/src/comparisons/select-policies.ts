import { policyName, type SnapshotView } from '@portolan/model';
import { BadQuestionError } from '../errors/bad-question.error.js';
import type { FieldsOf } from '../schema/new-model.js';
import type { PolicyRefInput, PolicySetInput } from './policy-set.input.js';

type Selection = Omit<FieldsOf<PolicySetInput>, 'snapshot'>;

/**
 * The policies (snapshot-wide indices, sorted) that a set has; null = all. `argument` names the set.
 * @throws BadQuestionError NOT_FOUND when it names a namespace or policy that the snapshot does not have.
 */
export function selectPolicies(
  view: SnapshotView,
  selection: Selection,
  argument: string,
): readonly number[] | null {
  const namespaces = selection.namespaces?.map((name) => {
    const found = view.findNamespace(name);
    if (found < 0) throw notFound(argument, `namespace ${name}`);
    return found;
  });
  const named = selection.policies?.map((ref) => findPolicy(view, ref, argument));
  const { kinds } = selection;
  if (namespaces === undefined && named === undefined && (kinds ?? null) === null) return null;
  const [inNamespaces, areNamed] = [new Set(namespaces), new Set(named)];
  return Array.from({ length: view.policyCount }, (_, policy) => policy).filter(
    (policy) =>
      (namespaces === undefined || inNamespaces.has(view.namespaceOfPolicy(policy))) &&
      (named === undefined || areNamed.has(policy)) &&
      (kinds?.includes(view.policy(policy).kind) ?? true),
  );
}

function findPolicy(
  view: SnapshotView,
  { kind, namespace = null, name }: PolicyRefInput,
  argument: string,
): number {
  const isNamespaced = kind === 'NETWORK_POLICY';
  if (isNamespaced !== (namespace !== null))
    throw new BadQuestionError({
      code: 'INVALID',
      argument,
      message: isNamespaced
        ? `\`${argument}.policies\`: the NetworkPolicy ${name} needs a \`namespace\`.`
        : `\`${argument}.policies\`: ${name} is of a kind without namespaces.`,
    });
  const found =
    namespace === null
      ? view.findClusterPolicy(kind, name)
      : view.findNetworkPolicy(namespace, name);
  if (found < 0) throw notFound(argument, policyName(namespace, { kind, name }));
  return found;
}

function notFound(argument: string, what: string): BadQuestionError {
  const message = `The snapshot of \`${argument}\` has no ${what}.`;
  return new BadQuestionError({ code: 'NOT_FOUND', argument, message });
}
