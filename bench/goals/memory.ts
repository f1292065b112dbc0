import type { Figure } from '../goal.js';
import { inFreshProcess } from '../measure.js';
import type { ServerMemory } from '../programs/server-memory.js';

const MEGABYTE = 1e6;

/** What a real server takes in memory: while it reads 150,000 pods as kubectl prints them, and with three such snapshots at hand. */
export async function memoryGoals(isQuick: boolean): Promise<Figure[]> {
  return [
    await figure(
      'G4M',
      'memory of a server that reads 1 GB of YAML, one list',
      'yaml',
      700,
      isQuick,
    ),
    await figure(
      'G4J',
      'memory of a server that reads 1 GB of JSON, one list',
      'json',
      700,
      isQuick,
    ),
    await figure('G7S', 'memory of a server that holds three XL', 'snapshots', 512, isQuick),
  ];
}

async function figure(
  id: string,
  what: string,
  task: 'yaml' | 'json' | 'snapshots',
  bound: number,
  isQuick: boolean,
): Promise<Figure> {
  const unit = 'MB' as const;
  const about = { id, what, unit, bound, sense: 'at most' as const };
  if (isQuick) return { ...about, value: null, detail: 'left out by --quick' };
  const run = await inFreshProcess<ServerMemory>('./programs/server-memory.js', task);
  const { peak, last, uploadedBytes, seconds } = run;
  return {
    ...about,
    value: task === 'snapshots' ? last : peak,
    detail: `${(uploadedBytes / MEGABYTE).toFixed(0)} MB sent, ${seconds.toFixed(0)} s; at most ${String(peak?.toFixed(0))} MB, ${String(last?.toFixed(0))} MB in the end`,
  };
}
