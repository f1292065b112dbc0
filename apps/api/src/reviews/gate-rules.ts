import { registerEnumType } from '@nestjs/graphql';
import { type GateName, GATES } from '@portolan/review';

/** Rules have the names of the gates of the command line, as what must not be. */
function ruleOf(gate: GateName): string {
  if (gate === 'any-change') return 'NO_ACCESS_CHANGE';
  return `NO_${gate.replaceAll('-', '_').toUpperCase()}`;
}

/** The rule of each gate. */
const RULES: ReadonlyMap<GateName, string> = new Map(GATES.map(({ name }) => [name, ruleOf(name)]));

/** Rules that a change must satisfy. Follows the gates that there are. */
export const GateRuleEnum: Readonly<Record<string, string>> = Object.fromEntries(
  [...RULES.values()].map((rule) => [rule, rule]),
);

registerEnumType(GateRuleEnum, {
  name: 'GateRule',
  description: 'Rules that a change must satisfy: the gates of the command line.',
  valuesMap: Object.fromEntries(
    GATES.map(({ name, about }) => [
      ruleOf(name),
      { description: `\`${name}\`: does not hold when ${about}.` },
    ]),
  ),
});

/** The gate that a rule stands for. */
export function gateOfRule(rule: string): GateName {
  for (const [gate, name] of RULES) if (name === rule) return gate;
  throw new Error(`There is no rule ${rule}`);
}

/** The rule of a gate of a report; a gate that is not known any more is shown as it is. */
export function ruleOfGate(gate: string): string {
  return RULES.get(gate as GateName) ?? gate;
}
