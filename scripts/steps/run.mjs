import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs a program in the project folder with our terminal; resolves to its exit code. */
export function run(command, args, { shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      shell,
      // Prisma would otherwise ask its update server at every command.
      env: { ...process.env, CHECKPOINT_DISABLE: '1' },
    });
    // A signal to this process alone (a supervisor's SIGTERM) must not leave the child behind.
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const release = () => signals.forEach((signal) => process.off(signal, forward));

    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      release();
      if (signal) process.kill(process.pid, signal);
      else resolve(code ?? 1);
    });
  });
}

/** Runs the command line program of an installed package, without npm or a shell between. */
export function runTool(packageName, args, { bin = packageName } = {}) {
  const folder = join(root, 'node_modules', packageName);
  const programs = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin;
  const file = typeof programs === 'string' ? programs : programs[bin];
  return run(process.execPath, [join(folder, file), ...args]);
}

/** Ends the process with the code of a step that failed. */
export async function must(step) {
  const code = await step;
  if (code !== 0) process.exit(code);
}
