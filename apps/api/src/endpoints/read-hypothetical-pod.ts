import {
  faultInLabelKey,
  faultInLabelName,
  faultInLabelValue,
  faultInPortName,
} from '@portolan/manifests';
import {
  type ContainerPort,
  type HypotheticalPod,
  type Labels,
  MAX_PORT,
  MIN_PORT,
  type SnapshotView,
} from '@portolan/model';
import { BadQuestionError } from '../errors/bad-question.error.js';
import type { ContainerPortInput, HypotheticalPodInput } from './endpoint.input.js';

/** More labels or ports than any pod has. */
const MOST_ENTRIES = 100;

/**
 * Reads a pod that need not exist, as strictly as one of a manifest.
 * @throws BadQuestionError INVALID for what the API server would not take.
 */
export function readHypotheticalPod(
  view: SnapshotView,
  { namespace, namespaceLabels, labels, ports }: HypotheticalPodInput,
  argument: string,
): HypotheticalPod {
  const refuse = refusal(`${argument}.namespace`);
  const fault = faultInLabelName(namespace);
  if (fault !== null) throw refuse(`"${namespace.slice(0, 70)}" is no namespace: it ${fault}`);
  const isGiven = namespaceLabels !== undefined && namespaceLabels !== null;
  if (isGiven && view.findNamespace(namespace) >= 0) {
    throw refusal(`${argument}.namespaceLabels`)(
      `${namespace} is a namespace of the snapshot and has its own labels: leave them out`,
    );
  }
  return {
    namespace,
    namespaceLabels: isGiven ? readLabels(namespaceLabels, `${argument}.namespaceLabels`) : {},
    labels: readLabels(labels, `${argument}.labels`),
    ports: readPorts(ports ?? [], `${argument}.ports`),
  };
}

function readLabels(given: unknown, argument: string): Labels {
  const refuse = refusal(argument);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw refuse('labels are an object: {app: "web"}');
  }
  const entries = Object.entries(given as Readonly<Record<string, unknown>>);
  if (entries.length > MOST_ENTRIES) throw refuse(`more than ${String(MOST_ENTRIES)} labels`);
  for (const [key, value] of entries) {
    const name = key.slice(0, 70);
    const keyFault = faultInLabelKey(key);
    if (keyFault !== null) throw refuse(`"${name}" is no label: ${keyFault}`);
    if (typeof value !== 'string') throw refuse(`the value of "${name}" must be a string`);
    const valueFault = faultInLabelValue(value);
    if (valueFault !== null) throw refuse(`the value of "${name}" ${valueFault}`);
  }
  return Object.fromEntries(entries) as Labels;
}

function readPorts(given: readonly ContainerPortInput[], argument: string): ContainerPort[] {
  const refuse = refusal(argument);
  if (given.length > MOST_ENTRIES) throw refuse(`more than ${String(MOST_ENTRIES)} ports`);
  return given.map(({ name, port, protocol }) => {
    if (port < MIN_PORT || port > MAX_PORT) {
      throw refuse(`a port is ${String(MIN_PORT)} to ${String(MAX_PORT)}, got ${String(port)}`);
    }
    const fault = typeof name === 'string' ? faultInPortName(name) : null;
    if (fault !== null) throw refuse(`"${String(name).slice(0, 40)}" is no port name: it ${fault}`);
    return { name: name ?? null, port, protocol };
  });
}

function refusal(argument: string): (message: string) => BadQuestionError {
  return (message) => new BadQuestionError({ code: 'INVALID', argument, message });
}
