import { compareText, type TrafficSet } from '@portolan/model';
import type { Place } from '@portolan/report';
import { stableName } from './access-facts.js';
import type { JudgedChange } from './judged-change.js';
import type { Side } from './side.js';

/** A workload that newly lets the whole cluster in. */
export interface OpenWorkload {
  readonly workload: string;
  readonly traffic: TrafficSet;
  readonly place: Place | null;
}

/** Names such workloads, with the place of what opened them: of a change that leads there, or else their own. */
export function findOpenWorkloads(
  opened: ReadonlyMap<string, TrafficSet>,
  head: Side,
  changes: readonly JudgedChange[],
): OpenWorkload[] {
  if (opened.size === 0) return [];
  const causes = new Map<string, Place>();
  for (const { change, causes: found } of changes) {
    const name = stableName(change.destination.ref);
    const place = found.find((cause) => cause.place?.side === 'HEAD')?.place;
    if (change.opened.length > 0 && place != null && !causes.has(name)) causes.set(name, place);
  }
  const { view } = head.analysis;
  const workloads: OpenWorkload[] = [];
  for (let workload = 0; workload < view.workloadCount; workload++) {
    const { namespace, name, kindName } = view.workloadIdentity(workload);
    const stable = `${kindName} ${namespace}/${name}`;
    const traffic = opened.get(stable);
    if (traffic === undefined) continue;
    const place = causes.get(stable) ?? head.place(head.sources.locate('WORKLOAD', workload));
    workloads.push({ workload: `${namespace}/${name} (${kindName})`, traffic, place });
  }
  return workloads.sort((a, b) => compareText(a.workload, b.workload));
}
