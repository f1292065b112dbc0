import { DEFAULT_MANIFEST_LIMITS, readManifests } from '@portolan/manifests';
import { parseAllDocuments } from 'yaml';
import { generateCluster } from '../clusters/generate.js';
import { kubectlYaml } from '../clusters/kubectl-yaml.js';
import { PROFILES } from '../clusters/profiles.js';
import type { Figure } from '../goal.js';
import { shortest } from '../measure.js';

const MEGABYTE = 1e6;
/** The reference reader is slow: it gets a part, and bytes a second are compared. */
const REFERENCE_OBJECTS = 400;

/** Reading kubectl's YAML, from bytes to columns, against a YAML package and against JSON.parse. */
export async function ingestGoals(isQuick: boolean): Promise<Figure[]> {
  const objects = generateCluster(PROFILES.M).flatMap((namespace) => namespace.objects);
  const bytes = Buffer.from(kubectlYaml(objects));
  const part = kubectlYaml(objects.slice(200, 200 + REFERENCE_OBJECTS));
  const json = JSON.stringify(objects);
  const runs = isQuick ? 2 : 4;
  const ours =
    bytes.length /
    (await shortest(runs, () =>
      readManifests(
        { kind: 'stream', path: 'm.yaml', chunks: chunks(bytes) },
        DEFAULT_MANIFEST_LIMITS,
      ),
    ));
  const theirs =
    part.length /
    (await shortest(runs, () =>
      parseAllDocuments(part).map((document) => (document as { toJS(): unknown }).toJS()),
    ));
  const parse = json.length / (await shortest(runs, () => JSON.parse(json) as unknown));
  const speed = (perMillisecond: number): string =>
    `${((perMillisecond * 1000) / MEGABYTE).toFixed(1)} MB/s`;
  return [
    {
      id: 'G4Y',
      what: 'YAML ingest / the `yaml` package, bytes a second',
      value: ours / theirs,
      unit: 'x',
      bound: 5,
      sense: 'at least',
      detail: `${speed(ours)} against ${speed(theirs)}, ${(bytes.length / MEGABYTE).toFixed(0)} MB`,
    },
    {
      id: 'G4',
      what: 'YAML ingest / JSON.parse, bytes a second',
      value: ours / parse,
      unit: 'x',
      bound: 0.8,
      sense: 'at least',
      detail: `${speed(ours)} against ${speed(parse)}`,
    },
  ];
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536)
    yield await Promise.resolve(bytes.subarray(at, at + 65_536));
}
