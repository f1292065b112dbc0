import {
  type Labels,
  type LabelSelector,
  matchesSelector,
  type WorkloadKind,
} from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import type { Findings } from './findings.js';
import { readLabelMap, readLabelSelector } from './label-selector.js';
import { type PodTemplateManifest, readPodTemplate } from './pod.js';
import { type Fields, listAt, mapAt, textAt } from './shape.js';

/** Reads the names of the containers of a workload's template. */
export function readContainerNames(object: Fields, findings: Findings): string[] {
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  const path = ['spec', 'template'];
  const template = mapAt(spec.template, path, findings) ?? {};
  const podSpec = mapAt(template.spec, [...path, 'spec'], findings) ?? {};
  const at = [...path, 'spec', 'containers'];
  return (listAt(podSpec.containers, at, findings) ?? []).flatMap((entry, i) => {
    const { name } = mapAt(entry, [...at, i], findings) ?? {};
    const text = textAt(name, [...at, i, 'name'], findings);
    return text === null ? [] : [text];
  });
}

const NO_POD: PodTemplateManifest = {
  labels: {},
  spec: { ports: [], hostNetwork: false, nodeName: null, serviceAccount: null, automount: null },
};

/** Reads the pod template of a workload, and checks that its selector matches the template, as the API server does. */
export function readWorkload(
  object: Fields,
  kind: WorkloadKind,
  version: string,
  findings: Findings,
): PodTemplateManifest {
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  const [owner, path] = kind === 'CRON_JOB' ? jobOf(spec, findings) : [spec, ['spec']];
  const at = [...path, 'template'];
  const template = readPodTemplate(owner.template, at, findings);
  if (template === null) {
    findings.reject(at, 'is required');
    return NO_POD;
  }
  checkSelector(owner, kind, version, template.labels, findings);
  return template;
}

function jobOf(spec: Fields, findings: Findings): [Fields, Path] {
  const path = ['spec', 'jobTemplate'];
  const template = mapAt(spec.jobTemplate, path, findings) ?? {};
  return [mapAt(template.spec, [...path, 'spec'], findings) ?? {}, [...path, 'spec']];
}

function checkSelector(
  spec: Fields,
  kind: WorkloadKind,
  version: string,
  labels: Labels,
  findings: Findings,
): void {
  // The API server makes the selectors of jobs itself.
  if (kind === 'JOB' || kind === 'CRON_JOB') return;
  const path = ['spec', 'selector'];
  const selector = readSelector(spec.selector, kind, path, findings);
  if (selector === null || selector.length === 0) {
    // Beta versions and replication controllers take the labels of the template.
    const isRequired = kind !== 'REPLICATION_CONTROLLER' && version === 'v1';
    if (isRequired && !findings.isRejected)
      findings.reject(path, 'is required and must not be empty');
  } else if (!matchesSelector(new Map(Object.entries(labels)), selector)) {
    findings.reject(path, 'does not match the labels of the template');
  }
}

function readSelector(
  value: unknown,
  kind: WorkloadKind,
  path: Path,
  findings: Findings,
): LabelSelector | null {
  return kind === 'REPLICATION_CONTROLLER'
    ? readLabelMap(value, path, findings)
    : readLabelSelector(value, path, findings);
}
