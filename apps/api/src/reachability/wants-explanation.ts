import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/** Fields of an answer that say what its rows rest on. */
const EXPLAINING: ReadonlySet<string> = new Set(['egressReason', 'ingressReason', 'caveats']);

/**
 * Whether a query asks for the reasons or the caveats of rows: finding them takes longer than the rows themselves. Each
 * fragment is looked at once, so that spreading cannot make this slow.
 */
export function wantsExplanation({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const seen = new Set<string>();
  const selects = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return EXPLAINING.has(selection.name.value) || selects(selection.selectionSet);
        case Kind.INLINE_FRAGMENT:
          return selects(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD: {
          const name = selection.name.value;
          if (seen.has(name)) return false;
          seen.add(name);
          return selects(fragments[name]?.selectionSet);
        }
      }
    }) ?? false;
  return fieldNodes.some(({ selectionSet }) => selects(selectionSet));
}
