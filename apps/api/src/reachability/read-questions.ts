import type {
  AllowedAccessQuestion,
  CanReachQuestion,
  EndpointSelection,
  PageRequest,
  PeersQuestion,
} from '@portolan/model';
import { BadQuestionError } from '../errors/bad-question.error.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import type { FieldsOf } from '../schema/new-model.js';
import type { EndpointInput } from '../endpoints/endpoint.input.js';
import { readPeers } from './peer-scope.input.js';
import { isEnforced } from './assume-enforced.js';
import type { ReachabilityQuestionInput } from './reachability-question.input.js';
import type { AllowedAccessArgs, PeersArgs } from './reachability.args.js';
import { readEndpoint } from '../endpoints/read-endpoint.js';
import { readTraffic } from './read-traffic.js';

/** Arguments of `whoCanReach` and `reachableFrom`, the endpoint being known. */
export function readPeersQuestion(
  snapshot: IndexedSnapshot,
  { traffic, groupBy, peers, assumeEnforced }: PeersArgs,
  endpoint: EndpointSelection,
  page: PageRequest,
  isExplained: boolean,
): PeersQuestion {
  return {
    endpoint,
    traffic: readTraffic(traffic, 'traffic'),
    groupBy,
    peers: readPeers(peers),
    page,
    isExplained,
    isEnforced: isEnforced(snapshot, assumeEnforced),
  };
}

/** Arguments of `canReach`; `path` goes before the names of arguments in errors. */
export function readCanReachQuestion(
  snapshot: IndexedSnapshot,
  { from, to, traffic }: FieldsOf<ReachabilityQuestionInput>,
  assumeEnforced: boolean,
  path = '',
): CanReachQuestion {
  return {
    from: readEndpoint(snapshot, from, `${path}from`),
    to: readEndpoint(snapshot, to, `${path}to`),
    traffic: readTraffic(traffic, `${path}traffic`),
    isEnforced: isEnforced(snapshot, assumeEnforced),
  };
}

/** Arguments of `allowedAccess`. */
export function readAllowedAccessQuestion(
  snapshot: IndexedSnapshot,
  { filter, groupBy, assumeEnforced }: AllowedAccessArgs,
  page: PageRequest,
): AllowedAccessQuestion {
  const read = (end: EndpointInput | null | undefined, name: string): EndpointSelection | null =>
    end === null || end === undefined ? null : readEndpoint(snapshot, end, `filter.${name}`);
  if (filter?.peers?.hypothetical === true) {
    const message =
      'pods that do not exist are peers of one endpoint: ask `whoCanReach` or `reachableFrom`';
    throw new BadQuestionError({
      code: 'INVALID',
      argument: 'filter.peers.hypothetical',
      message,
    });
  }
  return {
    from: read(filter?.from, 'from'),
    to: read(filter?.to, 'to'),
    traffic: readTraffic(filter?.traffic, 'filter.traffic'),
    crossNamespace: filter?.crossNamespace ?? false,
    groupBy,
    peers: readPeers(filter?.peers),
    page,
    isEnforced: isEnforced(snapshot, assumeEnforced),
  };
}
