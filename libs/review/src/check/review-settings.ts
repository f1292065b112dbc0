import { ALL_RULES } from '@portolan/findings';
import { type Caveat, invariant } from '@portolan/model';
import { type CheckConfig, NO_CONFIG, type RuleSetting } from './read-config.js';

/** Settings of both states. Only those of the base count: a change would otherwise turn off what it is found at. */
export interface SettingsLedger {
  readonly base: CheckConfig;
  readonly head: CheckConfig;
  /** Where they stand, for the report. */
  readonly path: string;
}

/** Nobody has set anything. */
export const NO_SETTINGS: SettingsLedger = { base: NO_CONFIG, head: NO_CONFIG, path: '' };

/** Rules that a message names. */
const NAMED = 20;

/** What the head sets otherwise, which has no effect yet; none where it sets the same. */
export function proposedSettings({ base, head, path }: SettingsLedger): readonly Caveat[] {
  const ids = new Set([...base.rules.keys(), ...head.rules.keys()]);
  const differing = [...ids]
    .filter((id) => settingOf(base.rules, id) !== settingOf(head.rules, id))
    .sort();
  const saysOtherwise = JSON.stringify(base.profile) !== JSON.stringify(head.profile);
  if (differing.length === 0 && !saysOtherwise) return [];
  const named = differing
    .slice(0, NAMED)
    .map((id) => `${id} ${settingOf(head.rules, id)} instead of ${settingOf(base.rules, id)}`);
  const more = differing.length > NAMED ? ` and ${differing.length - NAMED} more` : '';
  const rules = differing.length === 0 ? [] : [`${named.join(', ')}${more}`];
  const what = [...rules, ...(saysOtherwise ? ['profile'] : [])].join(', ');
  const message = `The change sets rules otherwise (${path}): ${what}. Only the settings of the base count.`;
  return [{ code: 'SETTINGS_PROPOSED', message }];
}

/** What a rule has by itself is said, so that a setting that repeats it is none. */
function settingOf(settings: ReadonlyMap<string, RuleSetting>, id: string): RuleSetting {
  const setting = settings.get(id) ?? ALL_RULES.find((rule) => rule.id === id)?.severity;
  invariant(setting !== undefined, 'settings are about rules that there are');
  return setting;
}
