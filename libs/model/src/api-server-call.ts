import type { SnapshotView } from './snapshot-view.js';

/** Kinds of object by which the API server calls a Service. */
export const API_SERVER_CALLER_KINDS = [
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  /** An aggregated API. */
  'APIService',
  /** Its conversion webhook. */
  'CustomResourceDefinition',
] as const;
/** A kind of API_SERVER_CALLER_KINDS. */
export type ApiServerCallerKind = (typeof API_SERVER_CALLER_KINDS)[number];

/** A Service that the API server calls by itself, with defaults applied. */
export interface ApiServerCall {
  readonly kind: ApiServerCallerKind;
  /** Of the object that says so. */
  readonly name: string;
  /** Of a webhook configuration the webhook; null for other kinds. */
  readonly webhook: string | null;
  readonly namespace: string;
  readonly service: string;
  /** Of the Service. */
  readonly port: number;
  /** Of an admission webhook: what becomes of requests when the call fails; null for other kinds. */
  readonly failurePolicy: 'Fail' | 'Ignore' | null;
}

/** Services that the API server calls, each call once. */
export function apiServerCalls(view: SnapshotView): ApiServerCall[] {
  return view.clusterTexts('apiServerCalls').map((text) => JSON.parse(text) as ApiServerCall);
}

/** The canonical text of a call: equal calls have equal text. */
export function apiServerCallJson(call: ApiServerCall): string {
  const { kind, name, webhook, namespace, service, port, failurePolicy } = call;
  return JSON.stringify({ kind, name, webhook, namespace, service, port, failurePolicy });
}
