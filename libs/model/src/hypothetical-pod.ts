import type { ContainerPort } from './records.js';
import type { Labels } from './selector.js';

/** A pod that need not exist, by what policies can see of it. It has no address, no node, and its own network. */
export interface HypotheticalPod {
  readonly namespace: string;
  /** Of a namespace that the snapshot does not have; an existing one has its own. Its name is a label whatever they say. */
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
}
