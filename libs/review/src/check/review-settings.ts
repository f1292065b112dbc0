import { ALL_RULES } from '@portolan/findings';
import { type Caveat, invariant } from '@portolan/model';
import type { RuleSetting } from './read-config.js';

/** Settings of both states. Only those of the base count: a change would otherwise turn off what it is found at. */
export interface SettingsLedger {
  readonly base: ReadonlyMap<string, RuleSetting>;
  readonly head: ReadonlyMap<string, RuleSetting>;
  /** Where they stand, for the report. */
  readonly path: string;
}

/** Nobody has set anything. */
export const NO_SETTINGS: SettingsLedger = { base: new Map(), head: new Map(), path: '' };

/** Rules that a message names. */
const NAMED = 20;

/** What the head sets otherwise, which has no effect yet; none where it sets the same. */
export function proposedSettings({ base, head, path }: SettingsLedger): readonly Caveat[] {
  const ids = new Set([...base.keys(), ...head.keys()]);
  const differing = [...ids].filter((id) => settingOf(base, id) !== settingOf(head, id)).sort();
  if (differing.length === 0) return [];
  const named = differing
    .slice(0, NAMED)
    .map((id) => `${id} ${settingOf(head, id)} instead of ${settingOf(base, id)}`);
  const more = differing.length > NAMED ? ` and ${differing.length - NAMED} more` : '';
  const message = `The change sets rules otherwise (${path}): ${named.join(', ')}${more}. Only the settings of the base count.`;
  return [{ code: 'SETTINGS_PROPOSED', message }];
}

/** What a rule has by itself is said, so that a setting that repeats it is none. */
function settingOf(settings: ReadonlyMap<string, RuleSetting>, id: string): RuleSetting {
  const setting = settings.get(id) ?? ALL_RULES.find((rule) => rule.id === id)?.severity;
  invariant(setting !== undefined, 'settings are about rules that there are');
  return setting;
}
