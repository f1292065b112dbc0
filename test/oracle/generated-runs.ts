import fc from 'fast-check';
import { stringify } from 'yaml';
import type { KubernetesObject } from './kubernetes.js';

/** How many clusters to generate: PORTOLAN_ORACLE_RUNS, else the default. */
export function runCount(byDefault: number): number {
  const runs = Number(process.env.PORTOLAN_ORACLE_RUNS ?? byDefault);
  if (!Number.isInteger(runs) || runs < 1)
    throw new Error('PORTOLAN_ORACLE_RUNS is not a positive whole number');
  return runs;
}

/** Time that a test over some runs may take, in milliseconds: shrinking and a busy machine included. */
export function timeFor(runs: number): number {
  return 120_000 + runs * 500;
}

/** The seed of all generated clusters: PORTOLAN_ORACLE_SEED, else the same every time. */
export function seed(): number {
  const value = Number(process.env.PORTOLAN_ORACLE_SEED ?? 20_260_101);
  if (!Number.isInteger(value)) throw new Error('PORTOLAN_ORACLE_SEED is not a whole number');
  return value;
}

/** Checks a property on generated values. A failure shows the smallest value that still fails, as YAML. */
export async function checkGenerated<Value>(
  arbitrary: fc.Arbitrary<Value>,
  options: { readonly runs: number; readonly seed: number },
  show: (value: Value) => string,
  check: (value: Value) => Promise<void>,
): Promise<void> {
  const result = await fc.check(fc.asyncProperty(arbitrary, check), {
    numRuns: options.runs,
    seed: options.seed,
  });
  if (!result.failed) return;
  const { counterexample, errorInstance, numRuns, numShrinks } = result;
  const reason =
    errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : '';
  const value = counterexample === null ? '' : show(counterexample[0]);
  throw new Error(
    `cluster ${numRuns} of seed ${options.seed}, after ${numShrinks} shrinks:\n\n${value}\n${reason}`,
  );
}

/** Objects as a stream of YAML documents. */
export function showObjects(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => stringify(object, { aliasDuplicateObjects: false })).join('---\n');
}
