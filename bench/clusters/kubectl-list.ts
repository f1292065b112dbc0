import { asListed, kubectlYamlItem } from './kubectl-yaml.js';
import type { KubernetesObject } from './planned.js';

/** How manifests are written. */
export type Format = 'yaml' | 'json';

/**
 * Objects as `kubectl get -A -o yaml` and `-o json` print them: one list, which says what it is behind its items. `sources` = of how many
 * ConfigMaps each container takes variables: real pods are of any size.
 */
export function* kubectlList(
  format: Format,
  objects: Iterable<KubernetesObject>,
  sources: number,
): Generator<string> {
  if (format === 'yaml') {
    yield 'apiVersion: v1\nitems:\n';
    for (const object of objects) yield kubectlYamlItem(withSources(object, sources));
    yield 'kind: List\nmetadata:\n  resourceVersion: ""\n';
    return;
  }
  let before = '{\n    "apiVersion": "v1",\n    "items": [\n';
  for (const object of objects) {
    const text = JSON.stringify(asListed(withSources(object, sources)), null, 4);
    yield `${before}        ${text.replaceAll('\n', '\n        ')}`;
    before = ',\n';
  }
  yield '\n    ],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n';
}

function withSources(object: KubernetesObject, count: number): KubernetesObject {
  if (object.kind !== 'Pod') return object;
  const spec = object.spec as { containers: Record<string, unknown>[] };
  const envFrom = Array.from({ length: count }, (_, i) => ({
    configMapRef: { name: `settings-of-the-application-${String(i)}`, optional: true },
  }));
  const containers = spec.containers.map((container) => ({ ...container, envFrom }));
  return { ...object, spec: { ...spec, containers } };
}
