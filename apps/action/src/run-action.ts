import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type ReviewReport, writeReview } from '@portolan/report';
import type { ActionEnvironment } from './config/read-environment.js';
import { findCheckouts, prepareFolders } from './find-folders.js';
import { readOrigin } from './github/change-origin.js';
import { annotationCommands } from './publish/annotations.js';
import { commentReviews, type FolderReview } from './publish/comment-reviews.js';
import { type Conclusion, conclusionOf, countOutputs, writeOutputs } from './publish/outputs.js';
import { sarifOf } from './publish/sarif.js';
import { writeSummary } from './publish/summary.js';
import { harmless, workflowCommand } from './publish/workflow-command.js';
import { readInputs } from './read-inputs.js';
import { type DiffContext, runDiff } from './run-diff.js';

/**
 * Reviews each folder of a change, and publishes what came of it: files, log, summary, outputs and comments.
 * @throws ActionError when it cannot be done as the workflow says.
 */
export async function runAction(
  environment: ActionEnvironment,
  log: (text: string) => void,
): Promise<Conclusion> {
  const inputs = readInputs(environment);
  for (const secret of [inputs.token, inputs.githubToken])
    if (secret !== null) log(workflowCommand('add-mask', secret));
  const checkouts = await findCheckouts(inputs, environment.workspace);
  const origin = await readOrigin(environment);
  const context: DiffContext = { inputs, environment, checkouts, origin };

  const folder = await mkdtemp(join(environment.temporary, 'portolan-'));
  const reviews: FolderReview[] = [];
  for (const [i, path] of inputs.paths.entries()) {
    const mayBeEmpty = await prepareFolders(path, checkouts);
    const jsonFile = join(folder, `review-${i + 1}.json`);
    const result = await runDiff({ path, mayBeEmpty, jsonFile }, context);
    reviews.push({ path, result });
    if (result.kind === 'REVIEWED') log(harmless(writeReview(result.report, 'text')));
    else log(workflowCommand('error', `${path}: ${result.message}`));
  }

  const reports = reviews.flatMap(({ result }) =>
    result.kind === 'REVIEWED' ? [result.report] : [],
  );
  if (inputs.hasAnnotations) log(annotationCommands(reports));
  const conclusion = conclusionOf(reviews.map(({ result }) => result));
  const files = await writeFiles(reviews, folder, context);
  await writeOutputs(environment.outputFile, { conclusion, ...countOutputs(reports), ...files });
  await writeSummary(environment.summaryFile, reports);
  log(await commentReviews(reviews, context));
  return conclusion;
}

/** Writes the documents, and says where they are: one a line where there are several. */
async function writeFiles(
  reviews: readonly FolderReview[],
  folder: string,
  { inputs, environment }: DiffContext,
): Promise<Record<'report-file' | 'json-file' | 'sarif-file', string>> {
  const reviewed = reviews.flatMap(({ result }) => (result.kind === 'REVIEWED' ? [result] : []));
  const pages: string[] = [];
  for (const { report, jsonFile } of reviewed) {
    const page = jsonFile.replace(/\.json$/, '.md');
    await writeFile(page, writeReview(report, 'md'));
    pages.push(page);
  }
  const sarif = resolve(environment.workspace, inputs.sarifFile ?? join(folder, 'review.sarif'));
  const [first, ...others] = reviewed.map(({ report }): ReviewReport => report);
  if (first !== undefined) {
    await mkdir(dirname(sarif), { recursive: true });
    await writeFile(sarif, sarifOf([first, ...others]));
  }
  return {
    'report-file': pages.join('\n'),
    'json-file': reviewed.map(({ jsonFile }) => jsonFile).join('\n'),
    'sarif-file': first === undefined ? '' : sarif,
  };
}
