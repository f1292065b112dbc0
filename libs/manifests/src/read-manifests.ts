import type { Problem, SnapshotContent, SnapshotStats } from '@portolan/model';
import { digestOf } from './columns/digest.js';
import { writeCluster, writeNamespace } from './columns/write-parts.js';
import { DocumentSplitter } from './documents/split-documents.js';
import type { ManifestLimits } from './limits.js';
import type { ManifestLayer } from './manifest-layer.js';
import type { ManifestSource } from './manifest-source.js';
import { AccountBindings } from './objects/account-bindings.js';
import { ObjectCollector } from './objects/object-collector.js';
import { SourceFailure } from './sources/damage.js';
import type { InputFile } from './sources/input-file.js';
import { hashedFile } from './sources/hashed-file.js';
import { inputFiles } from './sources/input-files.js';
import { UploadBudget } from './sources/upload-budget.js';
import { PieceReader } from './piece-reader.js';
import { StoredParts } from './stored/stored-parts.js';
import type { StoredSnapshot } from './stored/stored-snapshot.js';

/** How far reading is. */
export interface ReadProgress {
  /** After decompression. */
  readonly bytes: number;
  readonly objects: number;
}

/**
 * Reads manifests into the content of a snapshot. Input that cannot be used is left out, each with a Problem; an upload
 * beyond a limit of the whole is refused: no parts, and a Problem TOO_LARGE as the only one.
 * @throws what `chunks` of the source throws.
 */
export async function readManifests(
  source: ManifestSource,
  limits: ManifestLimits,
  onProgress: (progress: ReadProgress) => void = () => undefined,
): Promise<SnapshotContent> {
  return readLayers([{ source, effect: 'ADD' }], limits, onProgress);
}

/**
 * As `readManifests`, of several layers of which each changes what those before it declare. Limits are for all together.
 * `below` = a stored snapshot under all of them (`canLayOver`): the content is that of its manifests with the layers over
 * them, and parts that no layer touches are those of the snapshot, byte for byte. Limits are not about it.
 */
export async function readLayers(
  layers: readonly ManifestLayer[],
  limits: ManifestLimits,
  onProgress: (progress: ReadProgress) => void = () => undefined,
  below: StoredSnapshot | null = null,
): Promise<SnapshotContent> {
  const budget = new UploadBudget(limits);
  const stored = below === null ? null : new StoredParts(below);
  const collector = new ObjectCollector(limits, budget, stored);
  for (const layer of layers) {
    collector.startLayer(layer);
    const { added } = collector.inventory;
    await readSource(layer, limits, collector, budget, onProgress);
    if (layer.tally !== undefined) layer.tally.objects = collector.inventory.added - added;
    if (budget.excess !== null) return refused(layer.source, budget.excess, budget.bytes);
  }
  collector.inventory.finishLayers();
  const content = contentOf(collector, budget);
  return stored === null ? content : stored.under(content);
}

async function readSource(
  { source, tally }: ManifestLayer,
  limits: ManifestLimits,
  collector: ObjectCollector,
  budget: UploadBudget,
  onProgress: (progress: ReadProgress) => void,
): Promise<void> {
  try {
    for await (const input of inputFiles(source, budget)) {
      const file = tally === undefined ? input : hashedFile(input, tally);
      await readFile(file, limits, collector, budget, () => {
        onProgress({ bytes: budget.bytes, objects: budget.objects });
      });
      if (budget.excess !== null) break;
    }
  } catch (error) {
    throw error instanceof SourceFailure ? error.cause : error;
  }
}

async function readFile(
  file: InputFile,
  limits: ManifestLimits,
  collector: ObjectCollector,
  budget: UploadBudget,
  onChunk: () => void,
): Promise<void> {
  switch (file.kind) {
    case 'other':
      collector.skipFile();
      return;
    case 'problem':
      collector.fileProblem(file.path, file.code, file.message);
      return;
    case 'text': {
      const splitter = new DocumentSplitter(
        Math.min(limits.wholeDocumentBytes, limits.maxDocumentBytes),
      );
      const reader = new PieceReader(limits, collector, budget, file.reading);
      collector.startFile(file.path);
      for await (const chunk of file.chunks) {
        if (!reader.isKnown) for (const piece of splitter.push(chunk)) reader.read(piece);
        onChunk();
      }
      // The last document of a file that ends early would be taken for less than it is.
      if (file.isWhole()) reader.finish(splitter.end());
      else collector.rollback();
    }
  }
}

function contentOf(collector: ObjectCollector, budget: UploadBudget): SnapshotContent {
  const { inventory, skippedKinds, lacksKinds } = collector;
  const clusterPolicies = inventory.clusterPolicies();
  const namespaces = inventory.namespaces();
  const bindings = new AccountBindings(inventory.roleBindings());
  const written = namespaces.map((namespace) => writeNamespace(namespace, bindings));
  const cluster = writeCluster({
    nodes: inventory.nodes(),
    policies: clusterPolicies,
    pluginResources: inventory.pluginResources(),
    serviceCidrs: inventory.serviceCidrs(),
    apiServerCalls: inventory.apiServerCalls(),
  });
  const parts = [...(cluster === null ? [] : [cluster]), ...written.map(({ part }) => part)];
  const { problems, problemsOmitted } = collector.finishProblems();
  const policies = [...clusterPolicies, ...namespaces.flatMap((namespace) => namespace.policies)];
  return {
    digest: digestOf(parts.map(({ namespace, segment }) => [namespace, segment.hash])),
    sourceDigest: digestOf([
      ...parts.map(({ namespace, sources }) => [namespace, sources.hash]),
      [problems, problemsOmitted, skippedKinds],
    ]),
    parts,
    problems,
    problemsOmitted,
    skippedKinds,
    lacksKinds,
    stats: {
      objects: inventory.size,
      namespaces: namespaces.length,
      workloads: sum(written.map(({ workloads }) => workloads)),
      pods: sum(namespaces.map(({ pods }) => pods.length)),
      policies: policies.length,
      distinctPolicySpecs: new Set(policies.map(({ spec }) => spec)).size,
      skipped: collector.skipped,
      bytes: budget.bytes,
    },
  };
}

function refused(source: ManifestSource, excess: string, bytes: number): SnapshotContent {
  const problem: Problem = {
    code: 'TOO_LARGE',
    severity: 'ERROR',
    outcome: 'TOO_LARGE',
    location: {
      path: source.kind === 'stream' ? source.path : '',
      documentIndex: 0,
      startLine: 1,
      endLine: 1,
    },
    kind: null,
    object: null,
    field: null,
    message: `the upload has ${excess}; it is refused as a whole`,
  };
  return {
    digest: digestOf([]),
    sourceDigest: digestOf([[problem]]),
    parts: [],
    problems: [problem],
    problemsOmitted: 0,
    skippedKinds: [],
    lacksKinds: false,
    stats: { ...NOTHING_READ, bytes },
  };
}

const NOTHING_READ: SnapshotStats = {
  objects: 0,
  namespaces: 0,
  workloads: 0,
  pods: 0,
  policies: 0,
  distinctPolicySpecs: 0,
  skipped: 0,
  bytes: 0,
};

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
