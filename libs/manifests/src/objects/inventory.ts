import {
  apiServerCallJson,
  compareText,
  isPluginResource,
  matchesSelector,
  POLICY_KINDS,
} from '@portolan/model';
import type { ObjectName, PruneScope } from '../manifest-layer.js';
import type { StoredParts } from '../stored/stored-parts.js';
import { isNamed } from './named-object.js';
import type {
  SlimApiServerCaller,
  SlimCustomResourceDefinition,
  SlimNamespace,
  SlimNode,
  SlimObject,
  SlimPod,
  SlimPolicy,
  SlimRoleBinding,
  SlimService,
  SlimServiceAccount,
  SlimSpec,
  SlimEndpoints,
  SlimServiceCidr,
  SlimWorkload,
} from './slim-objects.js';
import { type LayeredObject, type ReplacedWorkload, staleObjects } from './stale-objects.js';

/** What an upload declares in one namespace. */
export interface DeclaredNamespace {
  readonly name: string;
  /** Null when objects name it, but no Namespace object was there. */
  declaration: SlimNamespace | null;
  readonly workloads: SlimWorkload[];
  readonly pods: SlimPod[];
  readonly policies: SlimPolicy[];
  readonly services: SlimService[];
  readonly endpoints: SlimEndpoints[];
  /** Routes, Gateways and ReferenceGrants. */
  readonly routing: SlimSpec[];
  readonly accounts: SlimServiceAccount[];
}

/** Stands for the namespace of objects that have none. */
const CLUSTER = '';

/** The layer of stored objects; the first one that is read has the next number. */
const STORED_LAYER = 0;

interface Entry extends LayeredObject {
  readonly order: number;
}

interface InventoryState {
  /** Of what was changed since then; undefined = there was none. */
  readonly entries: Map<string, Entry | undefined>;
  readonly replaced: Map<string, ReplacedWorkload>;
  readonly added: number;
}

/** The valid objects of an upload, one for each kind, namespace and name: the last one wins. */
export class Inventory {
  readonly #entries = new Map<string, Entry>();
  /** Workloads that a later layer touched, as the layer below had them. */
  #replaced = new Map<string, ReplacedWorkload>();
  #layer = STORED_LAYER;
  #added = 0;
  #before: InventoryState | null = null;

  /** `stored` = parts of a snapshot under all layers; those that nothing touches are never opened. */
  constructor(private readonly stored: StoredParts | null = null) {}

  get size(): number {
    return this.#entries.size;
  }

  /** How many objects were added, replaced ones included. */
  get added(): number {
    return this.#added;
  }

  /** From now on until `commit`, what is done may be undone by `rollback`. */
  begin(): void {
    this.#before = {
      entries: new Map(),
      replaced: new Map(this.#replaced),
      added: this.#added,
    };
  }

  commit(): void {
    this.#before = null;
  }

  rollback(): void {
    if (this.#before === null) return;
    const { entries, replaced, added } = this.#before;
    for (const [key, entry] of entries) {
      if (entry === undefined) this.#entries.delete(key);
      else this.#entries.set(key, entry);
    }
    this.#replaced = replaced;
    this.#added = added;
    this.#before = null;
  }

  #remember(key: string, entry: Entry | undefined): void {
    const entries = this.#before?.entries;
    if (entries?.has(key) === false) entries.set(key, entry);
  }

  /** Objects added from now on take the place of those before without a word. */
  startLayer(prune: PruneScope | null): void {
    this.#layer++;
    if (prune === null) return;
    for (const namespace of prune.namespaces ?? this.stored?.unopened() ?? [])
      this.#open(namespace);
    for (const { object } of this.#entries.values())
      if (isInScope(object, prune)) this.remove(object);
  }

  /** Takes away what is named: of a Namespace also everything in it. False when there is no such object. */
  removeNamed(name: ObjectName): boolean {
    this.#open(name.kind === 'Namespace' ? name.name : (name.namespace ?? CLUSTER));
    let isFound = false;
    for (const { object } of this.#entries.values()) {
      if (!isNamed(object, name)) continue;
      this.remove(object);
      isFound = true;
    }
    return isFound;
  }

  /** Takes the objects of a stored part as those of the lowest layer. */
  #open(namespace: string): void {
    for (const object of this.stored?.open(namespace) ?? [])
      this.#entries.set(keyOf(object), { object, order: 0, layer: STORED_LAYER });
  }

  /** Adds an object; the one of the same layer that it takes the place of is returned. */
  add(object: SlimObject, order: number): Entry | null {
    this.#open(partOf(object));
    this.#added++;
    const key = keyOf(object);
    const earlier = this.#entries.get(key);
    this.#remember(key, earlier);
    this.#entries.set(key, { object, order, layer: this.#layer });
    if (earlier === undefined || earlier.layer === this.#layer) return earlier ?? null;
    this.#noteReplaced(key, earlier.object);
    return null;
  }

  /** Takes away the object of that kind, namespace and name. */
  remove(object: SlimObject): void {
    this.#open(partOf(object));
    const key = keyOf(object);
    const earlier = this.#entries.get(key);
    if (earlier === undefined) return;
    this.#remember(key, earlier);
    this.#entries.delete(key);
    this.#noteReplaced(key, earlier.object);
  }

  /** Takes away what controllers made from templates that are no longer there. */
  finishLayers(): void {
    const find = (workload: SlimWorkload): SlimWorkload | null => {
      const found = this.#entries.get(keyOf(workload))?.object;
      return found?.type === 'workload' ? found : null;
    };
    const entries = [...this.#entries.values()];
    for (const object of staleObjects(this.#replaced.values(), find, entries))
      this.#entries.delete(keyOf(object));
  }

  #noteReplaced(key: string, before: SlimObject): void {
    if (before.type !== 'workload') return;
    const first = this.#replaced.get(key)?.before ?? before;
    this.#replaced.set(key, { before: first, layer: this.#layer });
  }

  /** Nodes in the order of their names. */
  nodes(): SlimNode[] {
    return this.#ofType('node').sort((a, b) => compareText(a.name, b.name));
  }

  /** Cluster-scoped policies in the order of their names, then kinds. */
  clusterPolicies(): SlimPolicy[] {
    return this.#ofType('policy')
      .filter(({ namespace }) => namespace === CLUSTER)
      .sort(
        (a, b) =>
          compareText(a.name, b.name) ||
          POLICY_KINDS.indexOf(a.kind) - POLICY_KINDS.indexOf(b.kind),
      );
  }

  /** Names of the CustomResourceDefinitions of network plugins, sorted. */
  pluginResources(): string[] {
    const names = this.#ofType('customResourceDefinition').map(({ name }) => name);
    return distinct(names.filter(isPluginResource));
  }

  /** Calls of the API server as canonical JSON, sorted. */
  apiServerCalls(): string[] {
    const callers = [
      ...this.#ofType('apiServerCaller'),
      ...this.#ofType('customResourceDefinition'),
    ];
    return distinct(callers.flatMap(({ calls }) => calls.map(apiServerCallJson)));
  }

  /** Bindings of roles, in no order. */
  roleBindings(): SlimRoleBinding[] {
    return this.#ofType('roleBinding');
  }

  /** ServiceCIDRs in the order of their names. */
  serviceCidrs(): SlimServiceCidr[] {
    return this.#ofType('serviceCidr').sort((a, b) => compareText(a.name, b.name));
  }

  #ofType<Type extends SlimObject['type']>(type: Type): Extract<SlimObject, { type: Type }>[] {
    const found: Extract<SlimObject, { type: Type }>[] = [];
    for (const { object } of this.#entries.values())
      if (object.type === type) found.push(object as Extract<SlimObject, { type: Type }>);
    return found;
  }

  /** Namespaces that are declared or used, in the order of their names. */
  namespaces(): DeclaredNamespace[] {
    const byName = new Map<string, DeclaredNamespace>();
    for (const { object } of this.#entries.values()) {
      if (isClusterScoped(object) || isAside(object)) continue;
      const name = partOf(object);
      if (name === CLUSTER) continue;
      let namespace = byName.get(name);
      if (namespace === undefined) {
        namespace = newNamespace(name);
        byName.set(name, namespace);
      }
      place(object, namespace);
    }
    for (const account of this.#ofType('serviceAccount'))
      byName.get(account.namespace)?.accounts.push(account);
    return [...byName.values()].sort((a, b) => compareText(a.name, b.name));
  }
}

function newNamespace(name: string): DeclaredNamespace {
  return {
    name,
    declaration: null,
    workloads: [],
    pods: [],
    policies: [],
    services: [],
    endpoints: [],
    routing: [],
    accounts: [],
  };
}

type ClusterScoped =
  SlimNode | SlimCustomResourceDefinition | SlimServiceCidr | SlimApiServerCaller;

/** The part of a snapshot that holds an object: a namespace, or what is cluster-scoped. */
function partOf(object: SlimObject): string {
  if (isClusterScoped(object)) return CLUSTER;
  return object.type === 'namespace' ? object.name : object.namespace;
}

function isClusterScoped(object: SlimObject): object is ClusterScoped {
  return (
    object.type === 'node' ||
    object.type === 'customResourceDefinition' ||
    object.type === 'serviceCidr' ||
    object.type === 'apiServerCaller'
  );
}

/** What says something of pods, and is no reason for a namespace to be there. */
type Aside = SlimServiceAccount | SlimRoleBinding;

function isAside(object: SlimObject): object is Aside {
  return object.type === 'serviceAccount' || object.type === 'roleBinding';
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}

/** Whoever takes away what is no namespace's says so; what has an owner goes when its owner goes. */
function isInScope(object: SlimObject, { namespaces, labels }: PruneScope): boolean {
  if (object.type === 'namespace' || isClusterScoped(object)) return false;
  if ('owner' in object && object.owner !== null) return false;
  // EndpointSlices have the labels of their Service, and go with it.
  if (object.type === 'endpoints') return false;
  if (object.type === 'roleBinding' && object.namespace === CLUSTER) return false;
  return (
    (namespaces === null || namespaces.includes(object.namespace)) &&
    (labels === null || matchesSelector(new Map(Object.entries(object.labels)), labels))
  );
}

function place(
  object: Exclude<SlimObject, ClusterScoped | Aside>,
  namespace: DeclaredNamespace,
): void {
  switch (object.type) {
    case 'namespace':
      namespace.declaration = object;
      return;
    case 'workload':
      namespace.workloads.push(object);
      return;
    case 'pod':
      namespace.pods.push(object);
      return;
    case 'policy':
      namespace.policies.push(object);
      return;
    case 'service':
      namespace.services.push(object);
      return;
    case 'endpoints':
      namespace.endpoints.push(object);
      return;
    case 'route':
    case 'gateway':
    case 'grant':
      namespace.routing.push(object);
      return;
  }
}

/** The group takes no part: a Deployment of `extensions` and one of `apps` are the same object. */
function keyOf(object: SlimObject): string {
  switch (object.type) {
    case 'namespace':
    case 'node':
    case 'customResourceDefinition':
    case 'serviceCidr':
      return `${object.type}/${object.name}`;
    case 'apiServerCaller':
      return `${object.kind}/${object.name}`;
    case 'workload':
    case 'policy':
      return `${object.kind}/${object.namespace}/${object.name}`;
    case 'pod':
    case 'service':
    case 'serviceAccount':
    case 'roleBinding':
      return `${object.type}/${object.namespace}/${object.name}`;
    case 'endpoints':
      return `${object.form}/${object.namespace}/${object.name}`;
    case 'route':
    case 'gateway':
    case 'grant':
      return `${object.type} ${object.kind}/${object.namespace}/${object.name}`;
  }
}
