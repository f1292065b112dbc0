// `npm run check`: all that can be said about the code without a database. Every step runs, so
// that one round shows everything there is to mend. Steps can be named (`node scripts/check.mjs lint types`);
// `--no-tests` leaves the unit tests to `npm test`; `--bench` measures small clusters as well, and fails only where it cannot.
import './steps/require-node.mjs';
import { checkBundles } from './steps/bundle.mjs';
import { generate } from './steps/generate.mjs';
import { install } from './steps/install.mjs';
import { run, runTool } from './steps/run.mjs';

const CRUISE = ['--config', '.dependency-cruiser.mjs'];
const STEPS = [
  ['format', () => runTool('prettier', ['--check', '--log-level', 'warn', '.'])],
  ['lint', () => runTool('eslint', ['--max-warnings', '0', '.'])],
  ['types', () => runTool('typescript', ['-p', 'tsconfig.json'], { bin: 'tsc' })],
  // Their own projects know neither Node nor a browser: what compiles there is pure.
  ['types-of-model', () => runTool('typescript', ['-p', 'libs/model'], { bin: 'tsc' })],
  ['types-of-engine', () => runTool('typescript', ['-p', 'libs/engine'], { bin: 'tsc' })],
  ['layers', () => runTool('dependency-cruiser', [...CRUISE, '.'], { bin: 'depcruise' })],
  ['dead-code', () => runTool('knip', [])],
  ['bundles', checkBundles],
  ['bench', () => run('npm', ['run', '--silent', 'bench', '--', '--quick'])],
  ['unit-tests', () => runTool('vitest', ['run', '--project', 'unit'])],
];

const FLAGS = ['--no-tests', '--bench'];
const named = process.argv.slice(2).filter((argument) => !FLAGS.includes(argument));
const unknown = named.filter((name) => !STEPS.some(([step]) => step === name));
if (unknown.length > 0) {
  const known = STEPS.map(([name]) => name).join(', ');
  console.error(`There is no step ${unknown.join(', ')}; there are ${known}.`);
  process.exit(2);
}
const isWanted = ([name]) => {
  if (named.length > 0) return named.includes(name);
  if (name === 'bench') return process.argv.includes('--bench');
  return name !== 'unit-tests' || !process.argv.includes('--no-tests');
};

await install();
await generate();

const failed = [];
const runAll = async (steps) => {
  for (const [name, run] of steps.filter(isWanted)) {
    const begin = performance.now();
    const isGood = (await run()) === 0;
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    console.log(`${isGood ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (!isGood) failed.push(name);
  }
};
const step = (wanted) => STEPS.filter(([name]) => name === wanted);
const others = STEPS.filter(([name]) => name !== 'lint' && name !== 'unit-tests');
// Linting takes one core as long as the others take; the tests use all cores.
await Promise.all([runAll(step('lint')), runAll(others)]);
await runAll(step('unit-tests'));

if (failed.length > 0) {
  console.error(`\nNot good yet: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
