import type { Figure } from '../goal.js';
import { inFreshProcess } from '../measure.js';
import type { ServerMemory } from '../programs/server-memory.js';

const MEGABYTE = 1e6;

type Task = 'yaml' | 'json' | 'snapshots';

const WHAT = {
  yaml: { id: 'G4M', what: 'memory of a server that reads 1 GB of YAML, one list', bound: 700 },
  json: { id: 'G4J', what: 'memory of a server that reads 1 GB of JSON, one list', bound: 700 },
  snapshots: { id: 'G7S', what: 'memory of a server that holds three XL', bound: 512 },
} as const satisfies Record<Task, Pick<Figure, 'id' | 'what' | 'bound'>>;

/** What a real server takes in memory: while it reads 150,000 pods as kubectl prints them, or with three such snapshots at hand. */
export async function memoryGoal(task: Task, isQuick: boolean): Promise<Figure[]> {
  const unit = 'MB' as const;
  const about = { ...WHAT[task], unit, sense: 'at most' as const };
  if (isQuick) return [{ ...about, value: null, detail: 'left out by --quick' }];
  const run = await inFreshProcess<ServerMemory>('./programs/server-memory.js', task);
  const { peak, last, uploadedBytes, seconds } = run;
  const value = task === 'snapshots' ? last : peak;
  const detail = `${(uploadedBytes / MEGABYTE).toFixed(0)} MB sent, ${seconds.toFixed(0)} s; at most ${String(peak?.toFixed(0))} MB, ${String(last?.toFixed(0))} MB in the end`;
  return [{ ...about, value, detail }];
}
