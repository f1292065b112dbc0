import { randomUUID } from 'node:crypto';
import {
  type FileOfBoth,
  requestReview,
  type ReviewAnswer,
  type ReviewOptions,
} from '@portolan/client';
import { readReviewJson, type ReviewReport } from '@portolan/report';
import { InputError } from '../../../command-error.js';
import { type OpenInput, openInput } from '../../../input/open-input.js';
import type { Progress } from '../../../output/progress.js';
import { askServer } from '../../../server/ask-server.js';
import { packInput } from '../../../server/pack-input.js';
import type { Terminal } from '../../../terminal.js';
import { exitCodeOf } from '../exit-code-of.js';
import { exceptionsPath } from '../load-exceptions.js';
import { invariantsPath } from '../load-invariants.js';
import { settingsPath } from '../load-settings.js';
import { folderOf, sidePaths } from '../load-states.js';
import { readSideFiles, type SidePath } from '../side-files.js';
import type { ServerDiffOptions } from './server-diff-options.js';

/**
 * Has a server review the change. Folders are read and rendered here, as they are without a server.
 * @throws InputError when there is no review, or none that is understood.
 */
export async function reviewOnServer(
  options: ServerDiffOptions,
  terminal: Terminal,
  progress: Progress,
): Promise<ReviewReport> {
  progress.say('Reading …');
  const { states, server } = options;
  const texts = await readTexts(options, terminal);
  const { base, head } = await openBoth(options, terminal);
  const request = {
    options: requestOptions(options, head.name, texts),
    base: base === null ? null : await packInput(base),
    head: await packInput(head),
  };
  progress.say(`${server.url.host} reviews ${states.cluster} …`);
  const answer = await askServer(server, (client, signal) =>
    requestReview(client, request, signal),
  );
  return reportOf(answer, server.url);
}

async function openBoth(
  { states, render, ...paths }: ServerDiffOptions,
  terminal: Terminal,
): Promise<{ readonly base: OpenInput | null; readonly head: OpenInput }> {
  const except = sidePaths(paths);
  const folderElsewhere = await folderOf(states.head, terminal);
  const open = (input: string): Promise<OpenInput> =>
    openInput(input, terminal, { render, except, folderElsewhere });
  return {
    head: await open(states.head),
    base: states.base === null ? null : await open(states.base),
  };
}

type Texts = Pick<ReviewOptions, 'exceptions' | 'invariants' | 'config'>;

async function readTexts(
  { exceptions, invariants, config, states }: ServerDiffOptions,
  { workingDirectory }: Terminal,
): Promise<Texts> {
  const read = (path: SidePath): Promise<FileOfBoth | null> =>
    readBoth(path, { ...states, workingDirectory });
  const settings = await read(settingsPath(config));
  return {
    exceptions: exceptions === null ? null : await read(exceptionsPath(exceptions)),
    invariants: invariants === null ? null : await read(invariantsPath(invariants)),
    ...(settings === null ? {} : { config: settings }),
  };
}

/** Null when neither side has it. */
async function readBoth(
  path: SidePath,
  folders: Parameters<typeof readSideFiles>[1],
): Promise<FileOfBoth | null> {
  const { base, head } = await readSideFiles(path, folders);
  const shown = head?.shown ?? base?.shown;
  if (shown === undefined) return null;
  return { base: base?.text ?? null, head: head?.text ?? null, path: shown };
}

function requestOptions(options: ServerDiffOptions, path: string, texts: Texts): ReviewOptions {
  const { states, prune, prunesFolder, pruneLabel, failOn, warnOn } = options;
  return {
    cluster: states.cluster,
    path,
    overlay: states.overlay,
    prune:
      prune === null && !prunesFolder
        ? null
        : { folder: prunesFolder, namespaces: prune?.namespaces ?? [], labels: pruneLabel },
    failOn,
    warnOn,
    minSeverity: options.minSeverity,
    ...texts,
    today: options.today,
    strict: options.isStrict,
    allowEmpty: options.mayBeEmpty,
    git: options.git,
    idempotencyKey: randomUUID(),
  };
}

/** A report that is not understood as a whole, or that the server itself takes for something else, decides nothing. */
function reportOf({ json, exitCode }: ReviewAnswer, { host }: URL): ReviewReport {
  const read = readReviewJson(json);
  if (!read.ok)
    throw new InputError(
      `${host} sends a report that is not understood: ${read.message}; is it another version of Portolan?`,
    );
  const expected = exitCodeOf(read.report);
  if (exitCode !== null && exitCode !== String(expected))
    throw new InputError(
      `${host} ends with ${exitCode}, and its report says ${read.report.verdict}`,
    );
  return read.report;
}
