import type { SnapshotView } from './snapshot-view.js';

/** A workload whose pods have the token of a service account that some role is bound to: they use the Kubernetes API. */
export interface ApiClient {
  /** Snapshot-wide index. */
  readonly workload: number;
  /** Name of the service account. */
  readonly account: string;
  /** What binds the role: `RoleBinding shop/web`. */
  readonly binding: string;
  /** Whether the binding names a group of service accounts, not this one: it says less about who uses it. */
  readonly isByGroup: boolean;
}

/** Integers that one of them takes in the column `apiClients`. */
export const API_CLIENT_WORDS = 4;

/** Every workload that is known to use the Kubernetes API, in the order of the snapshot. */
export function* apiClients(view: SnapshotView): Generator<ApiClient> {
  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    const { columns, strings } = view.segment(namespace);
    const words = columns.apiClients;
    for (let at = 0; at < words.length; at += API_CLIENT_WORDS)
      yield {
        workload: view.firstWorkload(namespace) + words[at]!,
        account: strings.at(words[at + 1]!),
        binding: strings.at(words[at + 2]!),
        isByGroup: words[at + 3] === 1,
      };
  }
}
