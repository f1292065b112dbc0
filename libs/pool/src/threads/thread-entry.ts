import { errorData } from './error-data.js';
import type { Job, Outcome } from './protocol.js';
import { TaskPort } from './task-port.js';

/** Makes the function that a worker file exports as `runJob` (see ENTRY_NAME). */
export function threadEntry<Task>(
  handle: (task: Task, port: TaskPort) => unknown,
): (job: Job<Task>) => Promise<Outcome> {
  return async ({ task, port }) => {
    const taskPort = new TaskPort(port);
    taskPort.started();
    try {
      return { ok: true, value: await handle(task, taskPort) };
    } catch (error) {
      return { ok: false, error: errorData(error) };
    }
  };
}

/** Name of the export that every worker file has. */
export const ENTRY_NAME = 'runJob';
