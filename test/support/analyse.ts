import { Analysis, buildIndex } from '@portolan/engine';
import { DEFAULT_MANIFEST_LIMITS, type ManifestFile, readManifests } from '@portolan/manifests';
import {
  DEFAULT_SWITCHES,
  type PolicySwitches,
  type SnapshotContent,
  SourceView,
} from '@portolan/model';

/** A snapshot as ingestion makes it, and the engine's view of it. */
export interface Analysed {
  readonly content: SnapshotContent;
  readonly analysis: Analysis;
  /** The places of everything. */
  readonly sources: SourceView;
}

/** Kubernetes objects through the whole line, short of the database. */
export async function analyseObjects(
  objects: readonly unknown[],
  switches: Partial<PolicySwitches> = {},
): Promise<Analysed> {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  return analyseFiles([{ path: 'cluster.json', text: list }], switches);
}

/** Files of YAML or JSON through the whole line, short of the database. */
export async function analyseFiles(
  files: readonly { readonly path: string; readonly text: string }[],
  switches: Partial<PolicySwitches> = {},
): Promise<Analysed> {
  const source = files.map(({ path, text }): ManifestFile => ({
    path,
    content: Buffer.from(text, 'utf8'),
  }));
  const content = await readManifests({ kind: 'files', files: source }, DEFAULT_MANIFEST_LIMITS);
  const segments = content.parts.map(({ namespace, segment }) => ({
    namespace,
    ...segment,
  }));
  const index = buildIndex(segments, { ...DEFAULT_SWITCHES, ...switches });
  const analysis = new Analysis(index);
  const sources = content.parts.map(({ namespace, sources }) => ({ namespace, ...sources }));
  return { content, analysis, sources: new SourceView(analysis.view, sources) };
}
