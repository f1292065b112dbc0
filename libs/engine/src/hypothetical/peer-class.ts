import { type LabelSelector, normalizeSelector, type SnapshotView } from '@portolan/model';
import { boxHas, selectorsOf } from './label-box.js';
import { type HypotheticalRef, named, withLabels } from './hypothetical-ref.js';
import type { MergedCells } from './merge-cells.js';

/** Namespaces that a name spells out; the others are counted. */
const NAMED_NAMESPACES = 3;

/** Names pods of a row: one reference for each pair of selectors that it takes. `namespaces` = those that were looked at. */
export function refsOfCells(
  view: SnapshotView,
  { pods, newNamespaces, existing }: MergedCells,
  namespaces: readonly number[],
): HypotheticalRef[] {
  const names = (indices: readonly number[]): string[] =>
    indices.map((namespace) => view.namespaceName(namespace));
  if (newNamespaces === null) {
    const all = names(existing);
    const place = `in namespace${all.length === 1 ? '' : 's'} ${listed(all)}`;
    return selectorsOf(pods, 'pod').map((selector) =>
      refOf([named('In', all)], selector, `any pod${withLabels(selector)} ${place}`),
    );
  }
  const known = new Set(existing);
  const excepted = names(
    namespaces.filter(
      (namespace) =>
        !known.has(namespace) &&
        boxHas(newNamespaces, 'namespace', view.namespace(namespace).labels),
    ),
  );
  const but = excepted.length === 0 ? '' : ` but ${listed(excepted)}`;
  return selectorsOf(newNamespaces, 'namespace').flatMap((one) =>
    selectorsOf(pods, 'pod').map((selector) => {
      const place = one.length === 0 ? 'any namespace' : `namespaces${withLabels(one)}`;
      const isEntireCluster = one.length + selector.length + excepted.length === 0;
      const text = isEntireCluster
        ? 'the entire cluster'
        : `any pod${withLabels(selector)} in ${place}${but}`;
      const except = excepted.length === 0 ? [] : [named('NotIn', excepted)];
      return { ...refOf([...one, ...except], selector, text), isEntireCluster };
    }),
  );
}

function refOf(namespaces: LabelSelector, pods: LabelSelector, text: string): HypotheticalRef {
  return {
    kind: 'hypothetical',
    text,
    namespaces: normalizeSelector(namespaces),
    pods: normalizeSelector(pods),
    isEntireCluster: false,
  };
}

function listed(names: readonly string[]): string {
  const spelled = names.slice(0, NAMED_NAMESPACES).join(', ');
  const more = names.length - NAMED_NAMESPACES;
  return more > 0 ? `${spelled} and ${String(more)} more` : spelled;
}
