import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/** Fields of an answer that say what its rows rest on. */
const EXPLAINING: ReadonlySet<string> = new Set(['egressReason', 'ingressReason', 'caveats']);

/** Whether a query asks for the reasons or the caveats of rows: finding them takes longer than the rows themselves. */
export function wantsExplanation({ fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  const selects = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      switch (selection.kind) {
        case Kind.FIELD:
          return EXPLAINING.has(selection.name.value) || selects(selection.selectionSet);
        case Kind.INLINE_FRAGMENT:
          return selects(selection.selectionSet);
        case Kind.FRAGMENT_SPREAD:
          return selects(fragments[selection.name.value]?.selectionSet);
      }
    }) ?? false;
  return fieldNodes.some(({ selectionSet }) => selects(selectionSet));
}
