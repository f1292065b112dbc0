import { DEFAULT_FAIL_ON, findGate, type GateChoice, type GateName, GATES } from '@portolan/review';

/** No gate, where names of gates are given. */
const NONE = 'none';

/**
 * Gates by their names, as the command line takes them: without `failOn` those of the default that are not to warn.
 * @throws what `wrong` makes when there is no such gate.
 */
export function readGateNames(
  failOn: readonly string[] | null,
  warnOn: readonly string[],
  wrong: (field: string, message: string) => Error,
): GateChoice {
  const read = (field: string, given: readonly string[]): GateName[] =>
    given.map((name) => {
      const gate = findGate(name);
      if (gate !== null) return gate;
      const known = GATES.map((one) => one.name).join(', ');
      throw wrong(field, `There is no gate ${name.slice(0, 80)}; there are ${known}`);
    });
  const warned = read('warnOn', warnOn);
  if (failOn === null)
    return { failOn: DEFAULT_FAIL_ON.filter((name) => !warned.includes(name)), warnOn: warned };
  const isNone = failOn.length === 1 && failOn[0] === NONE;
  return { failOn: isNone ? [] : read('failOn', failOn), warnOn: warned };
}
