import { formatRequirement, type FindingFix } from '@portolan/model';
import type { FindingRule } from '../../finding-rule.js';
import { type EmptySelection, selectionText } from '../../selectors/empty-selections.js';
import type { NearLabel } from '../../selectors/near-labels.js';
import { rewrite, type SelectorField } from '../../selectors/selector-manifest.js';
import { listNames } from '../../selectors/selection-words.js';
import { placeOfSelection } from './place-of-selection.js';

/** A selector that selects nobody would select somebody if a label was written a little differently. */
export const LABEL_NEAR_MISS: FindingRule = {
  id: 'NP204',
  name: 'label-near-miss',
  category: 'SELECTOR',
  severity: 'HIGH',
  description:
    'A selector fits nothing, and misses something by a typing error or by the key alone.',
  remediation: 'Write the label as it is.',
  needsCompleteSnapshot: true,
  find({ emptySelections, kindsWithUnknownPods }, report) {
    for (const empty of emptySelections.all) {
      const { policy, place, selection, why } = empty;
      const [first] = why.kind === 'NEAR' ? why.near : [];
      if (why.kind !== 'NEAR' || first === undefined) continue;
      // An operator may make the pods that are missed.
      const isDoubtful = kindsWithUnknownPods.length > 0 && why.field === 'podSelector';
      const others = listNames(
        why.near.map(({ object, key, value }) => `${object} has ${key}=${value}`),
      );
      report({
        ...placeOfSelection(policy, place),
        ...(isDoubtful ? { severity: 'MEDIUM', confidence: 'POSSIBLE' } : { confidence: 'LIKELY' }),
        key: `${place?.direction ?? 'subject'} ${selectionText(selection)}`,
        message: `${formatRequirement(first.wanted)} fits nothing; ${others}. Typing error?`,
        fix: fixOf(empty, why.field, why.near),
      });
    }
  },
};

/** Of several it takes a person to choose. */
function fixOf(
  { policy, place }: EmptySelection,
  field: SelectorField,
  near: readonly NearLabel[],
): FindingFix {
  const labels = [...new Set(near.map(({ key, value }) => `${key}=${value}`))];
  const [first] = near;
  const text = `Write ${labels.join(' or ')}.`;
  if (first === undefined || near.length > 1) return { text, yaml: null, edits: [] };
  return rewrite(text, policy, place, field, first.corrected);
}
