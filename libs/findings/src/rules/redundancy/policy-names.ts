import type { FindingContext } from '../../finding-context.js';
import { objectName } from '../../object-name.js';

/** How many policies a message names. */
const NAMED = 3;

/** Names policies for a message: `NetworkPolicy shop/a and NetworkPolicy shop/b`. */
export function policyNames({ view }: FindingContext, policies: readonly number[]): string {
  const names = policies
    .slice(0, NAMED)
    .map((index) => objectName(view, { kind: 'POLICY', index }));
  const rest = policies.length - names.length;
  return [...names, ...(rest > 0 ? [`${String(rest)} more`] : [])].join(' and ');
}
