import { type Finding, type RulePlace, rulePath, type Severity } from '@portolan/model';
import { ALL_RULES } from './all-rules.js';
import { FindingContext, type FindingInput } from './finding-context.js';
import type { FindingRule, Found } from './finding-rule.js';

/**
 * Asks the rules of a snapshot. What is equal is told once, with everything that has it. In the order of the rules, and within
 * each in the order of the snapshot.
 */
export function findAll(input: FindingInput, rules: readonly FindingRule[] = ALL_RULES): Finding[] {
  const context = new FindingContext(input);
  return rules.flatMap((rule) => {
    const groups = new Map<string, Group>();
    rule.find(context, (found) => {
      const severity = severityOf(rule, found, input.isComplete);
      const id = [found.key, found.message, severity, found.confidence].join('\u0000');
      const group = groups.get(id);
      if (group === undefined)
        groups.set(id, { found, severity, objects: objectsOf(found), occurrences: 1 });
      else addTo(group, found);
    });
    return Array.from(groups.values(), (group) => findingOf(rule, group));
  });
}

interface Group {
  readonly found: Found;
  readonly severity: Severity;
  readonly objects: number[];
  occurrences: number;
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

function findingOf(rule: FindingRule, { found, severity, objects, occurrences }: Group): Finding {
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
  };
}

function pathOf({ direction, rule, peer, port }: RulePlace): string {
  const path = rulePath(direction, rule, peer);
  return port === null ? path : `${path}.ports[${port}]`;
}
