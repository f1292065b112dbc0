import { errorData } from './error-data.js';
import type { Job, Outcome } from './protocol.js';
import { releaseMemory } from './release-memory.js';
import { TaskPort } from './task-port.js';

/** A thread that has had nothing to do for so long tidies up. */
export const IDLE_MS = 1_000;

/** Makes the function that a worker file exports as `runJob` (see ENTRY_NAME). `tidyUp` is done when there is nothing else to do. */
export function threadEntry<Task>(
  handle: (task: Task, port: TaskPort) => unknown,
  tidyUp: () => void = releaseMemory,
): (job: Job<Task>) => Promise<Outcome> {
  let idle: NodeJS.Timeout | undefined;
  return async ({ task, port }) => {
    clearTimeout(idle);
    const taskPort = new TaskPort(port);
    taskPort.started();
    try {
      return { ok: true, value: await handle(task, taskPort) };
    } catch (error) {
      return { ok: false, error: errorData(error) };
    } finally {
      idle = setTimeout(tidyUp, IDLE_MS).unref();
    }
  };
}

/** Name of the export that every worker file has. */
export const ENTRY_NAME = 'runJob';
