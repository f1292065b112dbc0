import { type Analysis, selectPods } from '@portolan/engine';
import {
  invariant,
  type LabelSelector,
  parseSelector,
  type WorkloadSelector,
} from '@portolan/model';

/** The pods (indices) that a profile names. */
export function profilePods(analysis: Analysis, { namespaces, pods }: WorkloadSelector): number[] {
  return selectPods(analysis, selectorOf(namespaces), selectorOf(pods));
}

/** Selectors are checked before they come into a profile. */
function selectorOf(text: string | null): LabelSelector | null {
  if (text === null) return null;
  const parsed = parseSelector(text);
  invariant(parsed.ok, `selector ${text} of a profile`);
  return parsed.selector;
}
