import { randomUUID } from 'node:crypto';
import { requestReview, type ReviewAnswer, type ReviewOptions } from '@portolan/client';
import { readReviewJson, type ReviewReport } from '@portolan/report';
import { InputError } from '../../../command-error.js';
import { type OpenInput, openInput } from '../../../input/open-input.js';
import type { Progress } from '../../../output/progress.js';
import { askServer } from '../../../server/ask-server.js';
import { packInput } from '../../../server/pack-input.js';
import type { Terminal } from '../../../terminal.js';
import { exitCodeOf } from '../exit-code-of.js';
import { folderOf, sideFilesOf } from '../load-states.js';
import { readSideFiles, type SideFileOption } from '../side-files.js';
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
  const texts = {
    exceptions: await readSideTexts('exceptions', options, terminal),
    invariants: await readSideTexts('invariants', options, terminal),
  };
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
  { states, render, ...options }: ServerDiffOptions,
  terminal: Terminal,
): Promise<{ readonly base: OpenInput | null; readonly head: OpenInput }> {
  const except = sideFilesOf(options);
  const folderElsewhere = await folderOf(states.head, terminal);
  const open = (input: string): Promise<OpenInput> =>
    openInput(input, terminal, { render, except, folderElsewhere });
  return {
    head: await open(states.head),
    base: states.base === null ? null : await open(states.base),
  };
}

async function readSideTexts(
  option: SideFileOption,
  { states, [option]: path }: ServerDiffOptions,
  { workingDirectory }: Terminal,
): Promise<ReviewOptions[SideFileOption]> {
  if (path === null) return null;
  const { base, head } = await readSideFiles(option, path, { ...states, workingDirectory });
  return {
    base: base?.text ?? null,
    head: head?.text ?? null,
    path: head?.shown ?? base?.shown ?? path,
  };
}

function requestOptions(
  options: ServerDiffOptions,
  path: string,
  texts: Pick<ReviewOptions, SideFileOption>,
): ReviewOptions {
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
