import { API_CLIENT_WORDS, type ApiServerCall, type Segment } from '@portolan/model';
import type { ApiUse, PodAccount, SlimObject } from '../objects/slim-objects.js';
import { UNPLACED } from './unplaced.js';

/** By workload: how it uses the Kubernetes API. */
export function apiUses({ columns, strings }: Segment): Map<number, ApiUse> {
  const uses = new Map<number, ApiUse>();
  const { apiClients } = columns;
  for (let i = 0; i < apiClients.length; i += API_CLIENT_WORDS)
    uses.set(apiClients[i]!, {
      account: strings.at(apiClients[i + 1]!),
      binding: strings.at(apiClients[i + 2]!),
      isByGroup: apiClients[i + 3] === 1,
    });
  return uses;
}

/** The account of a pod or workload, of which only its use is stored. */
export function storedAccount(use: ApiUse | undefined): PodAccount {
  return { name: use?.account ?? '', automount: null, storedUse: use ?? null };
}

/** What makes the API server call Services, and definitions of network plugins. */
export function readCallers({ columns, strings }: Segment): SlimObject[] {
  const calls = Array.from(
    columns.apiServerCalls,
    (text) => JSON.parse(strings.at(text)) as ApiServerCall,
  );
  const plugins = Array.from(columns.pluginResources, (name) => strings.at(name));
  const named = new Map<string, Pick<ApiServerCall, 'kind' | 'name'>>();
  for (const name of plugins) {
    const kind = 'CustomResourceDefinition';
    named.set(`${kind}/${name}`, { kind, name });
  }
  for (const { kind, name } of calls) named.set(`${kind}/${name}`, { kind, name });
  return Array.from(named.values(), ({ kind, name }): SlimObject => {
    const own = calls.filter((call) => call.kind === kind && call.name === name);
    const fields = { name, calls: own, source: UNPLACED };
    return kind === 'CustomResourceDefinition'
      ? { type: 'customResourceDefinition', ...fields }
      : { type: 'apiServerCaller', kind, ...fields };
  });
}
