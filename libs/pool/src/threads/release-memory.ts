import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A heap that has grown by less is left to V8. */
const GROWTH_BYTES = 16 * 2 ** 20;

let collect: (() => void) | null = null;
let before = 0;

/**
 * Gives back what tasks have left on the heap of a thread that has nothing to do. It allocates nothing, so that V8 sees no reason
 * to for a long time, and a server would hold the garbage of an upload that is long over.
 */
export function releaseMemory(): void {
  if (getHeapStatistics().total_heap_size < before + GROWTH_BYTES) return;
  collect ??= collector();
  collect();
  before = getHeapStatistics().total_heap_size;
}

/** V8 shows it to contexts that are made while the flag is set; where it does not, garbage stays V8's business. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  const found = runInNewContext('globalThis.gc') as (() => void) | undefined;
  setFlagsFromString('--no-expose-gc');
  return found ?? (() => undefined);
}
