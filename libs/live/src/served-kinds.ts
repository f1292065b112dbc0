import type { AskApiServer } from './ask-api-server.js';
import type { ListedKind } from './listed-kinds.js';
import { ListingError } from './listing-error.js';

/** A kind as an API server has it. */
export interface ServedKind {
  /** `apps/v1`; `v1` for core. */
  readonly apiVersion: string;
  readonly kind: string;
  /** Address of its list. */
  readonly path: string;
}

/** Finds kinds among those that an API server has; null = it does not have that one. */
export type FindServedKind = (wanted: ListedKind) => Promise<ServedKind | null>;

/**
 * Asks an API server what it has. A role that does not allow a kind forbids it also where the kind is not installed, so the
 * answers to lists alone cannot tell what is missing; and versions of custom resources come and go.
 */
export async function servedKinds(ask: AskApiServer): Promise<FindServedKind> {
  const versions = await groupVersions(ask);
  const resources = new Map<string, Promise<readonly Resource[]>>();
  const resourcesOf = (apiVersion: string): Promise<readonly Resource[]> => {
    const known = resources.get(apiVersion) ?? readResources(ask, apiVersion);
    resources.set(apiVersion, known);
    return known;
  };
  return async ({ group, plural }) => {
    for (const apiVersion of versions.get(group) ?? []) {
      const found = (await resourcesOf(apiVersion)).find(({ name }) => name === plural);
      if (found === undefined) continue;
      return { apiVersion, kind: found.kind, path: `${addressOf(apiVersion)}/${plural}` };
    }
    return null;
  };
}

/** What can be listed. */
interface Resource {
  readonly name: string;
  readonly kind: string;
}

interface GroupList {
  readonly groups?: readonly {
    readonly name: string;
    readonly versions: readonly { readonly groupVersion: string }[];
    readonly preferredVersion?: { readonly groupVersion: string };
  }[];
}

/** For each group its versions, the preferred one first. */
async function groupVersions(ask: AskApiServer): Promise<ReadonlyMap<string, readonly string[]>> {
  const { groups } = (await discovered(ask, '/apis')) as GroupList;
  if (!Array.isArray(groups)) throw noApiServer('/apis');
  return new Map([
    ['', ['v1']],
    ...(groups as NonNullable<GroupList['groups']>).map(
      ({ name, versions, preferredVersion }) =>
        [
          name,
          [
            ...new Set([
              ...(preferredVersion === undefined ? [] : [preferredVersion.groupVersion]),
              ...versions.map(({ groupVersion }) => groupVersion),
            ]),
          ],
        ] as const,
    ),
  ]);
}

interface ResourceList {
  readonly resources?: readonly (Resource & { readonly verbs?: readonly string[] })[];
}

async function readResources(ask: AskApiServer, apiVersion: string): Promise<readonly Resource[]> {
  const address = addressOf(apiVersion);
  const { resources } = (await discovered(ask, address)) as ResourceList;
  if (!Array.isArray(resources)) throw noApiServer(address);
  return (resources as NonNullable<ResourceList['resources']>).filter(
    ({ verbs }) => verbs === undefined || verbs.includes('list'),
  );
}

async function discovered(ask: AskApiServer, path: string): Promise<object> {
  const result = await ask(path);
  switch (result.kind) {
    case 'OK':
      return result.value;
    case 'FORBIDDEN':
      throw new ListingError(
        `These credentials may not ask what the API server has (${path}): they need the role system:discovery.`,
      );
    case 'MISSING':
    case 'EXPIRED':
      throw noApiServer(path);
  }
}

function noApiServer(path: string): ListingError {
  return new ListingError(`What answers at ${path} is no Kubernetes API server.`);
}

function addressOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
