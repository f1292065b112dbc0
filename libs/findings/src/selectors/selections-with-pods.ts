import { type Analysis, groupOf } from '@portolan/engine';
import { DIRECTIONS, type PodSelection, rulesOf } from '@portolan/model';

/**
 * Subjects and peers of policies of which the index says that they select pods. It knows them of policies that have subjects:
 * others may select pods as well.
 */
export function* selectionsWithPods(analysis: Analysis): Generator<PodSelection> {
  const { view, index } = analysis;
  const { policy, entryOffsets, entryRule, entryPeer, entryClasses } = index.compiled;
  const { offsets } = index.classSets;
  for (const direction of DIRECTIONS) {
    const { subjects, rows, chains } = analysis.direction(direction);
    for (let one = 0; one < view.policyCount; one++)
      if (groupOf(subjects, one).length > 0) yield view.policy(one).spec.subject;
    const isUsed = new Uint8Array(policy.length);
    for (const id of rows.items) isUsed[id] = 1;
    for (const id of chains.items) isUsed[id] = 1;
    for (let id = 0; id < policy.length; id++) {
      if (isUsed[id] === 0) continue;
      const rules = rulesOf(view.policy(policy[id]!).spec, direction);
      for (let entry = entryOffsets[id]!; entry < entryOffsets[id + 1]!; entry++) {
        const set = entryClasses[entry]!;
        if (set < 0 || offsets[set] === offsets[set + 1]) continue;
        const peer = rules[entryRule[entry]!]?.peers?.[entryPeer[entry]!];
        if (peer?.kind === 'pods') yield peer;
      }
    }
  }
}
