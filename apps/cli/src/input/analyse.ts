import { Analysis, buildIndexFrom } from '@portolan/engine';
import { DEFAULT_MANIFEST_LIMITS, type ManifestLayer, readLayers } from '@portolan/manifests';
import type { Problem, SnapshotContent } from '@portolan/model';
import { InputError } from '../command-error.js';

/** Input as ingestion makes it, and the engine's view of it. */
export interface Analysed {
  readonly content: SnapshotContent;
  readonly analysis: Analysis;
}

/** What is asked of the input. */
export interface Demands {
  /** In messages. */
  readonly name: string;
  /** Whether anything that could not be used is too much. */
  readonly isStrict: boolean;
  readonly mayBeEmpty: boolean;
}

/**
 * Reads layers of manifests and builds their index: from that of a `similar` state, if there is one.
 * @throws InputError when the input does not meet the demands, and always when it is beyond a limit.
 */
export async function analyse(
  layers: readonly ManifestLayer[],
  notes: readonly Problem[],
  demands: Demands,
  similar: Analysis | null = null,
): Promise<Analysed> {
  const content = await readLayers(layers, DEFAULT_MANIFEST_LIMITS);
  checkContent(content, notes, demands);
  const segments = content.parts.map(({ namespace, segment }) => ({
    namespace,
    ...segment,
  }));
  return { content, analysis: new Analysis(buildIndexFrom(similar, segments)) };
}

/** Problems that a message lists. */
const LISTED = 20;

function checkContent(
  { problems, problemsOmitted, stats, parts }: SnapshotContent,
  notes: readonly Problem[],
  { name, isStrict, mayBeEmpty }: Demands,
): void {
  const errors = [...notes, ...problems].filter(({ severity }) => severity === 'ERROR');
  const refusal = errors.find(({ code }) => code === 'TOO_LARGE' && parts.length === 0);
  if (refusal !== undefined) throw new InputError(`${name}: ${refusal.message}`);
  if (isStrict && errors.length + problemsOmitted > 0) {
    const listed = errors.slice(0, LISTED).map(problemText);
    const more = errors.length - listed.length + problemsOmitted;
    const lines = more > 0 ? [...listed, `and ${more} more`] : listed;
    throw new InputError(`${name} has input that cannot be used (--strict):\n${lines.join('\n')}`);
  }
  if (stats.objects > 0 || mayBeEmpty) return;
  const hints = errors.slice(0, LISTED).map(problemText);
  throw new InputError(
    [
      `${name} has nothing to analyse (--allow-empty takes that for an empty cluster)`,
      ...hints,
    ].join('\n'),
  );
}

function problemText({ location: { path, startLine }, object, message }: Problem): string {
  return `  ${path}:${startLine}: ${object === null ? '' : `${object}: `}${message}`;
}
