/**
 * A signal to npm alone ends npm and its shell, and does not reach us: takes their end for the signal, for as long as this
 * process runs.
 */
export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const { ppid: parent } = process;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
