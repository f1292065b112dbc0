import { stat } from 'node:fs/promises';
import { normalize, resolve } from 'node:path';
import type { ManifestLayer } from '@portolan/manifests';
import type { Problem } from '@portolan/model';
import type { ReviewState } from '@portolan/review';
import { analyse } from '../../input/analyse.js';
import { type OpenInput, openInput } from '../../input/open-input.js';
import { changedPaths, readTogether } from '../../input/same-files.js';
import { shownPath } from '../../input/shown-path.js';
import type { Progress } from '../../output/progress.js';
import type { Terminal } from '../../terminal.js';
import type { DiffOptions } from './diff-options.js';

/** The two states that are compared. */
export interface LoadedStates {
  readonly base: ReviewState;
  readonly head: ReviewState;
  /** As reports show it: the folder of the head. */
  readonly path: string;
  /** See `ReviewInput`. */
  readonly changedPaths: ReadonlySet<string> | null;
  readonly notes: readonly Problem[];
}

/**
 * Reads both states. With a state of the cluster both are laid over it, so that what differs comes of the change alone, and
 * not of what else the cluster has.
 * @throws InputError
 */
export async function loadStates(
  options: DiffOptions,
  terminal: Terminal,
  progress: Progress,
): Promise<LoadedStates> {
  progress.say('Reading …');
  const { render, isStrict, mayBeEmpty } = options;
  const except = sidePaths(options);
  const folderElsewhere = await folderOf(options.head, terminal);
  const open = (input: string): Promise<OpenInput> =>
    openInput(input, terminal, { render, except, folderElsewhere });
  const [headAlone, baseAlone] = [await open(options.head), await open(options.base)];
  const [base, head] = readTogether(baseAlone, headAlone);
  // Never rendered: it is what the cluster has.
  const overlay = options.overlay === null ? null : await openInput(options.overlay, terminal);
  const layers = overlay === null ? alone(base, head) : laidOver(base, head, overlay, options);
  const demands = { isStrict, mayBeEmpty };
  const before = await analyse(layers.base, base.notes, { name: base.name, ...demands });
  const after = await analyse(
    layers.head,
    head.notes,
    { name: head.name, ...demands },
    before.analysis,
  );
  const over = overlay === null ? '' : ` over ${overlay.name}`;
  return {
    base: { name: `${base.name}${over}`, ...before },
    head: { name: `${head.name}${over}`, ...after },
    path: head.name,
    changedPaths: changedPaths(base, head),
    notes: head.notes,
  };
}

interface Layers {
  readonly base: readonly ManifestLayer[];
  readonly head: readonly ManifestLayer[];
}

function alone(base: OpenInput, head: OpenInput): Layers {
  return {
    base: [{ source: base.source, effect: 'ADD' }],
    head: [{ source: head.source, effect: 'ADD' }],
  };
}

function laidOver(
  base: OpenInput,
  head: OpenInput,
  overlay: OpenInput,
  { prune, prunesFolder }: DiffOptions,
): Layers {
  const state: ManifestLayer = { source: overlay.source, effect: 'ADD' };
  const removed: ManifestLayer = { source: base.source, effect: 'REMOVE' };
  return {
    base: [state, { source: base.source, effect: 'ADD' }],
    head: [
      state,
      ...(prunesFolder ? [removed] : []),
      { source: head.source, effect: 'ADD', prune },
    ],
  };
}

/** Files beside the manifests, which are none. */
export function sidePaths({
  exceptions,
  invariants,
  config,
}: Pick<DiffOptions, 'exceptions' | 'invariants' | 'config'>): readonly string[] {
  return [exceptions, invariants, config]
    .filter((path) => path !== null)
    .map((path) => normalize(path));
}

/** What stands in front of the paths of a base in another checkout: those of the head, with which it is compared. */
export async function folderOf(head: string, { workingDirectory }: Terminal): Promise<string> {
  if (head === '-') return '';
  const found = await stat(resolve(workingDirectory, head)).catch(() => null);
  return found?.isDirectory() === true ? (shownPath(head, workingDirectory) ?? '') : '';
}
