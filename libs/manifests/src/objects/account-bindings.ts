import { compareText } from '@portolan/model';
import type { ApiUse, PodAccount, SlimRoleBinding, SlimServiceAccount } from './slim-objects.js';

/** Which service accounts roles are bound to; of several bindings the first by name is told. */
export class AccountBindings {
  /** By `namespace/name`, `namespace/` for all of a namespace, `/` for all. */
  readonly #byAccount = new Map<string, string>();

  constructor(bindings: readonly SlimRoleBinding[]) {
    for (const { namespace, name, accounts } of bindings) {
      const binding =
        namespace === '' ? `ClusterRoleBinding ${name}` : `RoleBinding ${namespace}/${name}`;
      for (const account of accounts) {
        const key = keyOf(account.namespace, account.name);
        const known = this.#byAccount.get(key);
        if (known === undefined || compareText(binding, known) < 0)
          this.#byAccount.set(key, binding);
      }
    }
  }

  /** How pods of a namespace with an account use the API; null = nothing says that they do. */
  useOf(
    namespace: string,
    { name, automount, storedUse }: PodAccount,
    accounts: ReadonlyMap<string, SlimServiceAccount>,
  ): ApiUse | null {
    if (storedUse !== undefined) return storedUse;
    if (!(automount ?? accounts.get(name)?.automount ?? true)) return null;
    const named = this.#byAccount.get(keyOf(namespace, name));
    if (named !== undefined) return { account: name, binding: named, isByGroup: false };
    const group =
      this.#byAccount.get(keyOf(namespace, null)) ?? this.#byAccount.get(keyOf(null, null));
    return group === undefined ? null : { account: name, binding: group, isByGroup: true };
  }
}

function keyOf(namespace: string | null, name: string | null): string {
  return `${namespace ?? ''}/${name ?? ''}`;
}
