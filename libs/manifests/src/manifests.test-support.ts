import { type SnapshotContent, SnapshotView, SourceView } from '@portolan/model';
import { DEFAULT_MANIFEST_LIMITS } from './limits.js';
import { readManifests } from './read-manifests.js';

/** The content of the files a.yaml, b.yaml, … */
export function read(...texts: readonly string[]): Promise<SnapshotContent> {
  const files = texts.map((text, i) => ({
    path: `${'abcdefgh'.charAt(i)}.yaml`,
    content: Buffer.from(text),
  }));
  return readManifests({ kind: 'files', files }, DEFAULT_MANIFEST_LIMITS);
}

/** The content as it is read once it is stored. */
export function viewOf({ parts }: SnapshotContent): {
  snapshot: SnapshotView;
  sources: SourceView;
} {
  const bytesOf = (block: 'segment' | 'sources') =>
    parts.map((part) => ({ namespace: part.namespace, ...part[block] }));
  const snapshot = new SnapshotView(bytesOf('segment'));
  return { snapshot, sources: new SourceView(snapshot, bytesOf('sources')) };
}

/** Codes of the problems. */
export function codes({ problems }: SnapshotContent): string[] {
  return problems.map(({ code }) => code);
}

/** Code, field and line of each problem. */
export function found({ problems }: SnapshotContent): [string, string | null, number][] {
  return problems.map(({ code, field, location }) => [code, field, location.startLine]);
}
