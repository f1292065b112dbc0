import {
  type Finding,
  type RulePlace,
  rulePath,
  type Severity,
  type Suppression,
} from '@portolan/model';
import { ALL_RULES } from './all-rules.js';
import { FindingContext, type FindingInput } from './finding-context.js';
import type { FindingRule, Found } from './finding-rule.js';
import { remembered } from './remembered.js';
import { suppressionOf } from './suppression.js';

/**
 * Asks the rules of a snapshot. What is equal is told once, with everything that has it; where annotations silence it apart from
 * where they do not. In the order of the rules, and within each in the order of the snapshot.
 */
export function findAll(input: FindingInput, rules: readonly FindingRule[] = ALL_RULES): Finding[] {
  const context = new FindingContext(input);
  return rules.flatMap((rule) => {
    const groups: Group[] = [];
    // By message, which is long: so it need not be copied into a longer text.
    const alike = new Map<string, Map<string, Group>>();
    context.startRule();
    rule.find(context, (found) => {
      const fresh = groupOf(input, rule, found);
      const ofMessage = remembered(alike, found.message, () => new Map<string, Group>());
      const group = remembered(ofMessage, idWithinMessage(fresh), () => fresh);
      if (group === fresh) groups.push(group);
      else addTo(group, found);
    });
    return groups.map((group) => findingOf(rule, group));
  });
}

/** What else findings that are told as one have in common. */
function idWithinMessage({ found, severity, suppressed }: Group): string {
  const { object, key, confidence } = found;
  const id = `${severity} ${confidence ?? ''} ${key}`;
  const rest = [
    ...(suppressed === null ? [] : [suppressed.reason, suppressed.until]),
    // Documents have no indices by which a finding could name all that have it.
    ...(object.kind === 'INPUT' ? [object.kindName, object.object] : []),
  ];
  return rest.length === 0 ? id : JSON.stringify([id, rest, suppressed !== null]);
}

/** What a rule found, with everything that has the same. */
export interface Group {
  readonly found: Found;
  readonly severity: Severity;
  readonly suppressed: Suppression | null;
  readonly objects: number[];
  occurrences: number;
}

/** What a rule found, before anything that is equal is added. */
export function groupOf(input: FindingInput, rule: FindingRule, found: Found): Group {
  return {
    found,
    severity: severityOf(rule, found, input.isComplete),
    suppressed: suppressionIn(input, rule, found),
    objects: objectsOf(found),
    occurrences: 1,
  };
}

function objectsOf({ object }: Found): number[] {
  return object.kind === 'INPUT' ? [] : [object.index];
}

function addTo(group: Group, { object }: Found): void {
  group.occurrences++;
  if (object.kind !== 'INPUT' && group.objects.at(-1) !== object.index)
    group.objects.push(object.index);
}

/** A part of a cluster may lack what a rule misses. */
function severityOf(rule: FindingRule, found: Found, isComplete: boolean): Severity {
  if (rule.needsCompleteSnapshot && !isComplete) return 'INFO';
  return found.severity ?? rule.severity;
}

function suppressionIn(
  { analysis, sources, today }: FindingInput,
  rule: FindingRule,
  { object }: Found,
): Suppression | null {
  return today === undefined ? null : suppressionOf(analysis.view, sources, object, rule.id, today);
}

/** A group as a finding. */
export function findingOf(rule: FindingRule, group: Group): Finding {
  const { found, severity, suppressed, objects, occurrences } = group;
  return {
    rule: rule.id,
    severity,
    confidence: found.confidence ?? 'CERTAIN',
    message: found.message,
    object: found.object,
    objects,
    occurrences,
    path: found.path ?? (found.place === undefined ? null : pathOf(found.place)),
    place: found.place ?? null,
    fix: found.fix ?? null,
    key: found.key,
    suppressed,
  };
}

function pathOf({ direction, rule, peer, port }: RulePlace): string {
  const path = rulePath(direction, rule, peer);
  return port === null ? path : `${path}.ports[${port}]`;
}
