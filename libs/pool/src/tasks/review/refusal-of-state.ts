import { canLayOver, type LayerTally } from '@portolan/manifests';
import type { Problem, SnapshotContent } from '@portolan/model';
import type { ReviewRefusal, ReviewRequest } from '../../review-messages.js';

/**
 * Why a state is not to be reviewed; null when it is. `own` = what was found in the manifests of its own. A verdict over input
 * of which a part is missing would be worse than none.
 */
export function refusalOfState(
  which: 'base' | 'head',
  request: ReviewRequest,
  content: SnapshotContent,
  own: LayerTally | null,
): ReviewRefusal | null {
  const { below } = request[which];
  const found = content.problems.slice(below?.problems.length ?? 0);
  const omitted = content.problemsOmitted - (below?.problemsOmitted ?? 0);
  const errors = found.filter(({ severity }) => severity === 'ERROR');
  const tooLarge = content.parts.length === 0 ? errors.filter(isTooLarge) : [];
  if (tooLarge[0] !== undefined)
    return { code: 'TOO_LARGE', message: `${which}: ${tooLarge[0].message}`, problems: tooLarge };
  const damaged = errors.filter(({ code }) => code === 'ARCHIVE_DAMAGED');
  if (damaged[0] !== undefined)
    return {
      code: 'MANIFEST_SYNTAX',
      message: `${which}: ${damaged[0].message}`,
      problems: damaged,
    };
  if (request.isStrict && errors.length + omitted > 0) {
    const message = `${which} has input that cannot be used, ${errors.length + omitted} in all, and that is not to be (strict)`;
    return { code: 'MANIFEST_INVALID', message, problems: errors };
  }
  return refusalOfNames(which, own) ?? refusalOfEmptiness(which, request, content, own);
}

function isTooLarge({ code }: Problem): boolean {
  return code === 'TOO_LARGE';
}

function refusalOfNames(which: string, own: LayerTally | null): ReviewRefusal | null {
  const [missing] = own?.missing ?? [];
  if (missing === undefined) return null;
  const { kind, namespace, name } = missing;
  const shown = `${kind} ${namespace === null ? '' : `${namespace}/`}${name}`;
  const message = `${which}: ${shown} is to be deleted, and is not in the snapshot`;
  return { code: 'NOT_FOUND', message, problems: [] };
}

/** A folder that became empty by mistake would pass every gate. */
function refusalOfEmptiness(
  which: 'base' | 'head',
  { mayBeEmpty, [which]: { below, uploads } }: ReviewRequest,
  { stats, problems }: SnapshotContent,
  own: LayerTally | null,
): ReviewRefusal | null {
  const changesNothing =
    which === 'head' && own?.objects === 0 && uploads.every((upload) => upload.delete.length === 0);
  if (mayBeEmpty || (stats.objects > 0 && !changesNothing)) return null;
  return {
    code: 'NO_MANIFESTS',
    message: `${which} has nothing to analyse (allowEmpty takes that for an empty folder)`,
    problems: below === null ? problems.filter(({ severity }) => severity === 'ERROR') : [],
  };
}

/** The snapshot cannot be laid under manifests: it was stored when less was kept. */
export function refusalOfSnapshot({ base, head }: ReviewRequest): ReviewRefusal | null {
  const isOutdated = [base, head].some(
    ({ below, uploads }) => below !== null && uploads.length > 0 && !canLayOver(below),
  );
  if (!isOutdated) return null;
  const message =
    'An earlier version of Portolan stored the snapshot and kept too little to lay manifests over it: upload it again';
  return { code: 'INVALID', message, problems: [] };
}
