import type { Isolation } from '@portolan/engine';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { newModel } from '../schema/new-model.js';
import { IsolationStateModel } from './isolation-state.model.js';

/** From the engine's answer to the type of the API. */
export function toIsolationStateModel(
  snapshot: IndexedSnapshot,
  { ingress, egress, ingressPolicies, egressPolicies }: Isolation,
): IsolationStateModel {
  return newModel(IsolationStateModel, {
    snapshot,
    policies: { ingress: ingressPolicies, egress: egressPolicies },
    ingress,
    egress,
  });
}
