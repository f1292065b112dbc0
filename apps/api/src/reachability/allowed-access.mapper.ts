import type { AccessPage, AccessReason, AllowedAccess, PageRequest } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { toEndpointModel } from '../objects/endpoint.mapper.js';
import { toTrafficSetModel } from '../objects/traffic-set.mapper.js';
import { toConnection } from '../relay/connection.js';
import { newModel } from '../relay/new-model.js';
import { snapshotCaveats } from '../snapshots/snapshot-caveats.js';
import { AccessReasonModel } from './access-reason.model.js';
import type { AccessConnection } from './allowed-access.connection.js';
import { AllowedAccessModel } from './allowed-access.model.js';
import { toCaveatModels } from './caveat.mapper.js';
import { toRuleMatchModel } from './rule-match.mapper.js';

export function toAccessConnection(
  snapshot: IndexedSnapshot,
  { rows, totalCount, caveats }: AccessPage,
  page: PageRequest,
): AccessConnection {
  const nodes = rows.map((row) => toAllowedAccessModel(snapshot, row));
  return {
    ...toConnection(nodes, totalCount, page),
    caveats: toCaveatModels(caveats, snapshotCaveats(snapshot.row)),
  };
}

function toAllowedAccessModel(snapshot: IndexedSnapshot, row: AllowedAccess): AllowedAccessModel {
  return newModel(AllowedAccessModel, {
    source: toEndpointModel(snapshot, row.source),
    destination: toEndpointModel(snapshot, row.destination),
    traffic: toTrafficSetModel(row.traffic),
    egressReason: toAccessReasonModel(snapshot, row.egressReason),
    ingressReason: toAccessReasonModel(snapshot, row.ingressReason),
    caveats: toCaveatModels(row.caveats),
  });
}

function toAccessReasonModel(
  snapshot: IndexedSnapshot,
  { code, rules }: AccessReason,
): AccessReasonModel {
  return newModel(AccessReasonModel, {
    code,
    rules: rules.map((rule) => toRuleMatchModel(snapshot, rule)),
  });
}
