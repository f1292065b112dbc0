import { labelsAt, type Labels, type SnapshotView, WORKLOAD_KINDS } from '@portolan/model';

/** A workload by which a cluster is recognised. */
export interface SignWorkload {
  readonly index: number;
  readonly kind: (typeof WORKLOAD_KINDS)[number];
  /** `DaemonSet kube-system/calico-node`. */
  readonly displayName: string;
  readonly namespace: string;
  readonly name: string;
  /** Of its pods. */
  readonly labels: Labels;
}

/** What of a snapshot tells of the cluster's plugins and add-ons. */
export class ClusterSigns {
  readonly #resources: ReadonlySet<string>;
  #workloads: readonly SignWorkload[] | null = null;
  #daemonSets: readonly SignWorkload[] | null = null;

  constructor(
    readonly view: SnapshotView,
    /** Whether the snapshot holds the whole cluster: what is not in it does not exist. */
    readonly isComplete: boolean,
  ) {
    this.#resources = new Set(view.clusterTexts('pluginResources'));
  }

  /** Every workload, in the order of the snapshot. */
  get workloads(): readonly SignWorkload[] {
    return (this.#workloads ??= Array.from({ length: this.view.namespaceCount }, (_, namespace) =>
      workloadsOf(this.view, namespace),
    ).flat());
  }

  /** The DaemonSet of one of some names whose pods have a label: either alone may be something else's. */
  daemonSet(names: readonly string[], label: readonly [string, string]): SignWorkload | null {
    const [key, value] = label;
    this.#daemonSets ??= this.workloads.filter(({ kind }) => kind === 'DAEMON_SET');
    const isMeant = ({ name, labels }: SignWorkload): boolean =>
      names.includes(name) && labels[key] === value;
    return this.#daemonSets.find(isMeant) ?? null;
  }

  /** The containers of a DaemonSet; null when they are not known (only its pods were in the input). */
  containersOf({ index }: SignWorkload): readonly string[] | null {
    const containers = this.view.agentContainers(index);
    return containers.length === 0 ? null : containers;
  }

  /** The first CustomResourceDefinition of some names that the cluster has. */
  resource(names: readonly string[]): string | null {
    return names.find((name) => this.#resources.has(name)) ?? null;
  }
}

function workloadsOf(view: SnapshotView, namespace: number): SignWorkload[] {
  const segment = view.segment(namespace);
  const { columns, strings } = segment;
  const first = view.firstWorkload(namespace);
  const within = view.namespaceName(namespace);
  return Array.from(columns.workloadNames, (text, i) => {
    const name = strings.peek(text);
    return {
      index: first + i,
      kind: WORKLOAD_KINDS[columns.workloadKinds[i]!]!,
      displayName: `${strings.at(columns.workloadKindNames[i]!)} ${within}/${name}`,
      namespace: within,
      name,
      labels: labelsAt(segment, columns.workloadLabelSets[i]!),
    };
  });
}
