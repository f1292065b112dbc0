import type { ApiServerCall, ApiServerCallerKind } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import type { Findings } from './findings.js';
import { type Fields, integerAt, listAt, mapAt, textAt } from './shape.js';

/** The port of a Service that a reference without one means. */
const DEFAULT_PORT = 443;

/** Where an object tells the API server to call: `{namespace, name, port}`. */
type CalledService = Pick<ApiServerCall, 'namespace' | 'service' | 'port'>;

/** Reads the Services that the webhooks of a configuration are behind; those with a URL are outside. */
export function readWebhookCalls(
  kind: ApiServerCallerKind,
  version: string,
  object: Fields,
  name: string,
  findings: Findings,
): ApiServerCall[] {
  // The versions before v1 ignore failures by default.
  const failurePolicy = version === 'v1' ? 'Fail' : 'Ignore';
  return (listAt(object.webhooks, ['webhooks'], findings) ?? []).flatMap((entry, i) => {
    const path = ['webhooks', i];
    const webhook = mapAt(entry, path, findings) ?? {};
    const at = [...path, 'clientConfig'];
    const called = readService(mapAt(webhook.clientConfig, at, findings)?.service, at, findings);
    if (called === null) return [];
    const policy = textAt(webhook.failurePolicy, [...path, 'failurePolicy'], findings);
    return [
      {
        kind,
        name,
        webhook: textAt(webhook.name, [...path, 'name'], findings),
        ...called,
        failurePolicy: policy === 'Fail' || policy === 'Ignore' ? policy : failurePolicy,
      },
    ];
  });
}

/** Reads the Service behind an APIService; the APIs that the API server serves itself have none. */
export function readApiServiceCalls(
  object: Fields,
  name: string,
  findings: Findings,
): ApiServerCall[] {
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  const called = readService(spec.service, ['spec'], findings);
  if (called === null) return [];
  return [{ kind: 'APIService', name, webhook: null, ...called, failurePolicy: null }];
}

/** Reads the Service that converts the objects of a CustomResourceDefinition. */
export function readConversionCalls(
  object: Fields,
  name: string,
  findings: Findings,
): ApiServerCall[] {
  const path = ['spec', 'conversion'];
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  const conversion = mapAt(spec.conversion, path, findings) ?? {};
  if (textAt(conversion.strategy, [...path, 'strategy'], findings) !== 'Webhook') return [];
  const at = [...path, 'webhook'];
  const webhook = mapAt(conversion.webhook, at, findings) ?? {};
  const config = mapAt(webhook.clientConfig, [...at, 'clientConfig'], findings) ?? {};
  const called = readService(config.service, [...at, 'clientConfig'], findings);
  if (called === null) return [];
  const kind = 'CustomResourceDefinition';
  return [{ kind, name, webhook: null, ...called, failurePolicy: null }];
}

function readService(value: unknown, path: Path, findings: Findings): CalledService | null {
  const at = [...path, 'service'];
  const service = mapAt(value, at, findings);
  if (service === null) return null;
  const namespace = textAt(service.namespace, [...at, 'namespace'], findings);
  const name = textAt(service.name, [...at, 'name'], findings);
  const port = integerAt(service.port, [...at, 'port'], findings);
  return namespace === null || name === null
    ? null
    : { namespace, service: name, port: port ?? DEFAULT_PORT };
}
