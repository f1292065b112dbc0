import { assertUnreachable, SnapshotView } from '@portolan/model';
import { buildIndex, detectProfile, diffSnapshots } from '@portolan/engine';
import { AnalysisCache } from './analysis-cache.js';
import type { Task } from './messages.js';
import { ask } from './tasks/ask.js';
import { exportAccessTo } from './tasks/export-access.js';
import { compareFound, find } from './tasks/findings/find.js';
import { writeReport } from './tasks/findings/write-report.js';
import { ingest } from './tasks/ingest.js';
import { review } from './tasks/review/review.js';
import type { TaskPort } from './threads/task-port.js';
import { threadEntry } from './threads/thread-entry.js';

const analyses = new AnalysisCache();

/**
 * Entry of every thread of a WorkerPool.
 * @public Piscina calls it by its name.
 */
export const runJob = threadEntry(runTask);

/** Gives what TaskResults promises for the kind of task. */
function runTask(task: Task, port: TaskPort): unknown {
  switch (task.kind) {
    case 'ping':
      return null;
    case 'ingest':
      return ingest(task.source, task.limits, (progress) => port.progress(progress));
    case 'buildIndex':
      return buildIndex(task.segments, task.switches);
    case 'detectProfile':
      return detectProfile(new SnapshotView(task.segments), task.isComplete);
    case 'ask':
      return ask(analyses.get(task.index), task.question);
    case 'diff':
      return diffSnapshots(analyses.get(task.base), analyses.get(task.head), task.options);
    case 'review':
      return review(task.request, analyses, (progress) => port.progress(progress));
    case 'findings':
      return find(task.request, analyses);
    case 'compareFindings':
      return compareFound(task.request, analyses);
    case 'reportFindings':
      return writeReport(task.request, analyses);
    case 'exportAccess':
      return exportAccessTo(port, analyses.get(task.index), task.request);
    default:
      return assertUnreachable(task);
  }
}
