import {
  type AccessPage,
  type AccessReason,
  type AllowedAccess,
  type EndpointRef,
  invariant,
  type PageRequest,
} from '@portolan/model';
import { snapshotCaveats } from '@portolan/report';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import type { Endpoint } from '../objects/endpoint.js';
import { toEndpointModel } from '../objects/endpoint.mapper.js';
import { toTrafficSetModel } from '../objects/traffic-set.mapper.js';
import { toConnection } from '../relay/connection.js';
import { type FieldsOf, newModel } from '../schema/new-model.js';
import { AccessReasonModel } from './access-reason.model.js';
import type { AccessConnection } from './allowed-access.connection.js';
import { AllowedAccessModel } from './allowed-access.model.js';
import { toCaveatModels } from '../caveats/caveat.mapper.js';
import { toRuleMatchModel } from './rule-match.mapper.js';

/** From the engine's page to the type of the API; reasons are made when they are asked for. */
export function toAccessConnection(
  snapshot: IndexedSnapshot,
  { rows, totalCount, caveats }: AccessPage,
  page: PageRequest,
): AccessConnection {
  const nodes = toAllowedAccessModels(snapshot, rows);
  return Object.assign(toConnection(nodes, totalCount, page), {
    caveats: toCaveatModels(caveats, snapshotCaveats(snapshot.row, snapshot)),
  });
}

/** Rows, without what they rest on together. */
export function toAllowedAccessModels(
  snapshot: IndexedSnapshot,
  rows: readonly AllowedAccess[],
): AllowedAccessModel[] {
  const toEndpoint = endpointMapper(snapshot);
  return rows.map((row) => toAllowedAccessModel(snapshot, row, toEndpoint));
}

function toAllowedAccessModel(
  snapshot: IndexedSnapshot,
  row: AllowedAccess,
  toEndpoint: (ref: EndpointRef) => Endpoint,
): AllowedAccessModel {
  const fields: Omit<FieldsOf<AllowedAccessModel>, 'egressReason' | 'ingressReason'> = {
    source: toEndpoint(row.source),
    destination: toEndpoint(row.destination),
    traffic: toTrafficSetModel(row.traffic),
    reasons: {
      egress: () => toAccessReasonModel(snapshot, row.egressReason),
      ingress: () => toAccessReasonModel(snapshot, row.ingressReason),
    },
    caveats: toCaveatModels(row.caveats),
  };
  return Object.assign(new AllowedAccessModel(), fields);
}

/** Rows of a page share endpoints, most of all the one asked about: each is made once. */
function endpointMapper(snapshot: IndexedSnapshot): (ref: EndpointRef) => Endpoint {
  const made = new Map<string, Endpoint>();
  return (ref) => {
    if (!('index' in ref)) return toEndpointModel(snapshot, ref);
    const key = `${ref.kind} ${String(ref.index)}`;
    let endpoint = made.get(key);
    if (endpoint === undefined) {
      endpoint = toEndpointModel(snapshot, ref);
      made.set(key, endpoint);
    }
    return endpoint;
  };
}

function toAccessReasonModel(
  snapshot: IndexedSnapshot,
  reason: AccessReason | null,
): AccessReasonModel {
  invariant(reason !== null, 'reasons are there when they are asked for');
  const { code, rules } = reason;
  return newModel(AccessReasonModel, {
    code,
    rules: rules.map((rule) => toRuleMatchModel(snapshot, rule)),
  });
}
