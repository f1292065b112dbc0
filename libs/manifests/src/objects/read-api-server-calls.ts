import type { ReadKind } from '../kinds.js';
import { readApiServiceCalls, readWebhookCalls } from '../validate/api-server-calls.js';
import { faultInSubdomainName } from '../validate/names.js';
import { readObjectMeta } from '../validate/object-meta.js';
import type { ObjectInput } from './object-input.js';
import type { SlimApiServerCaller } from './slim-objects.js';

/** Reads a webhook configuration or an APIService: which Services the API server calls. Certificates are not kept. */
export function readApiServerCaller(
  { kind }: Extract<ReadKind, { reads: 'apiServerCaller' }>,
  { object, groupKind, source, findings }: ObjectInput,
): SlimApiServerCaller {
  const { name } = readObjectMeta(object, faultInSubdomainName, findings);
  const calls =
    kind === 'APIService'
      ? readApiServiceCalls(object, name, findings)
      : readWebhookCalls(kind, groupKind.version, object, name, findings);
  return { type: 'apiServerCaller', kind, name, calls, source };
}
