import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { destinationsOf } from './rule-destinations.js';
import { type NameAt, namesOf, nameText } from './rule-ports.js';

/**
 * A port name with several numbers. That workloads differ is what names are for; that pods of one workload do, or one pod
 * with itself, seldom is meant.
 */
export const NAMED_PORT_AMBIGUOUS: FindingRule = {
  id: 'NP304',
  name: 'named-port-ambiguous',
  category: 'PORT',
  severity: 'MEDIUM',
  description: 'A port name of a rule means different numbers on the pods that the rule is about.',
  remediation: 'Check that every number is meant, or write the number.',
  needsCompleteSnapshot: false,
  find(context, report) {
    for (const at of context.policies.rules()) {
      const names = namesOf(at.rule);
      if (names.length === 0) continue;
      const { classes } = destinationsOf(context, at);
      for (const name of names) {
        const numbers = numbersByClass(context, classes, name);
        const all = sorted(new Set([...numbers.values()].flatMap((one) => [...one])));
        if (all.length < 2) continue;
        const isWithinOne = isAmbiguousWithinOne(context, numbers);
        report({
          object: { kind: 'POLICY', index: at.policy.index },
          place: { direction: at.direction, rule: at.at, peer: null, port: name.portAt },
          key: `${at.direction} ${nameText(name)}`,
          message: `Port ${nameText(name)} is ${all.join(' or ')}, depending on the ${isWithinOne ? 'pod of one workload, or its container' : 'workload'}.`,
          severity: isWithinOne ? 'MEDIUM' : 'INFO',
          confidence: isWithinOne ? 'LIKELY' : 'POSSIBLE',
        });
      }
    }
  },
};

function numbersByClass(
  context: FindingContext,
  classes: readonly number[],
  name: NameAt,
): Map<number, ReadonlySet<number>> {
  const found = new Map<number, ReadonlySet<number>>();
  for (const one of classes) {
    const numbers = new Set(
      context.podPorts
        .declared(one)
        .named(name)
        .map(({ port }) => port),
    );
    if (numbers.size > 0) found.set(one, numbers);
  }
  return found;
}

/** Pods of a class have the same named ports, so that several numbers are those of one pod. */
function isAmbiguousWithinOne(
  { rows }: FindingContext,
  numbers: ReadonlyMap<number, ReadonlySet<number>>,
): boolean {
  const ofWorkload = new Map<number, number>();
  for (const [podClass, [...own]] of numbers) {
    const [number] = own;
    if (number === undefined) continue;
    if (own.length > 1) return true;
    for (const workload of rows.workloads([podClass])) {
      if ((ofWorkload.get(workload) ?? number) !== number) return true;
      ofWorkload.set(workload, number);
    }
  }
  return false;
}

function sorted(numbers: ReadonlySet<number>): number[] {
  return [...numbers].sort((a, b) => a - b);
}
