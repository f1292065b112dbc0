import type { Problem, SnapshotContent } from '@portolan/model';
import type { Refusal } from './ingest-request.js';

/** Null when the content may be stored: something was found in it and, for a strict upload, nothing is wrong with it. */
export function refusalOf(content: SnapshotContent, isStrict: boolean): Refusal | null {
  const errors = content.problems.filter(({ severity }) => severity === 'ERROR');
  const strict = content.problems.filter(isRefusedStrictly);
  if (isStrict && strict.length > 0) return refusedStrictly(strict, content);
  if (content.stats.objects > 0) return null;
  const tooLarge = errors.find(({ code }) => code === 'TOO_LARGE');
  if (tooLarge !== undefined) {
    return { code: 'TOO_LARGE', message: `Too large: ${tooLarge.message}`, problems: errors };
  }
  if (errors.length > 0) return { ...refusedStrictly(errors, content), problems: errors };
  return { code: 'NO_MANIFESTS', message: nothingFound(content), problems: [] };
}

/** Besides errors: duplicates, and what the API server would refuse though it is taken otherwise. */
function isRefusedStrictly({ severity, code }: Problem): boolean {
  return severity === 'ERROR' || code === 'DUPLICATE' || code === 'INVALID_OBJECT';
}

function refusedStrictly(
  errors: readonly Problem[],
  { problemsOmitted }: SnapshotContent,
): Refusal {
  const isSyntax = errors.every(({ outcome }) => SYNTAX.has(outcome));
  const more = problemsOmitted > 0 ? 'more than ' : '';
  const documents = errors.length === 1 ? 'problem' : 'problems';
  return {
    code: isSyntax ? 'MANIFEST_SYNTAX' : 'MANIFEST_INVALID',
    message: `Nothing was stored: ${more}${errors.length} ${documents}, the first of them ${placeOf(errors)}`,
    problems: errors,
  };
}

const SYNTAX: ReadonlySet<Problem['outcome']> = new Set(['INVALID_SYNTAX', 'SKIPPED_TEMPLATE']);

function placeOf([first]: readonly Problem[]): string {
  if (first === undefined) return '';
  const { location, message } = first;
  return `at ${location.path === '' ? 'the upload' : location.path}:${location.startLine}: ${message}`;
}

function nothingFound({ skippedKinds, stats }: SnapshotContent): string {
  if (stats.bytes === 0) return 'The upload is empty';
  if (skippedKinds.length === 0) return 'The upload has no Kubernetes objects';
  const kinds = skippedKinds.slice(0, 5).map(({ kind, count }) => `${count} ${kind}`);
  return `The upload has nothing that the analysis could use, only ${kinds.join(', ')}`;
}
