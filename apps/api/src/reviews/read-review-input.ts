import type { ObjectName } from '@portolan/manifests';
import { SEVERITIES, type Severity } from '@portolan/model';
import { DEFAULT_FAIL_ON, isDate } from '@portolan/review';
import { TEXT_LIMITS } from '@portolan/store';
import type { UserError } from '../errors/user-error.js';
import { isGiven } from '../schema/is-given.js';
import type {
  ManifestSourceInput,
  ObjectRefInput,
  OverlayInput,
} from '../uploads/create-snapshot.input.js';
import { checkGit, MAX_KEY_LENGTH, toProvenance } from '../uploads/upload-options.js';
import type { CreateChangeReviewInput } from './create-change-review.input.js';
import { readInvariantTexts } from './invariants/read-inline-invariants.js';
import { readInlineExceptions } from './read-inline-exceptions.js';
import { gateOfRule } from './gate-rules.js';
import { readScope } from './read-scope.js';
import { MAX_DELETES, MAX_LISTED, MAX_REVIEW_WAIT_SECONDS } from './review-limits.js';
import type { SaidReview, SaidSide } from './said-review.js';

type Check = (isGood: boolean, field: string, message: string) => void;

/** What is said about a review, or everything that is wrong with it. */
export function readReviewInput(input: CreateChangeReviewInput): SaidReview | readonly UserError[] {
  const errors: UserError[] = [];
  const check: Check = (isGood, field, message) => {
    if (!isGood) errors.push({ code: 'INVALID', message, field: field.split('.') });
  };
  const { waitSeconds, idempotencyKey = null, git, today = null, path } = input;
  const isWait =
    Number.isInteger(waitSeconds) && waitSeconds >= 0 && waitSeconds <= MAX_REVIEW_WAIT_SECONDS;
  check(
    isWait,
    'waitSeconds',
    `waitSeconds is a whole number from 0 to ${MAX_REVIEW_WAIT_SECONDS}`,
  );
  const isKey =
    idempotencyKey === null ||
    (idempotencyKey.length > 0 && idempotencyKey.length <= MAX_KEY_LENGTH);
  check(isKey, 'idempotencyKey', `idempotencyKey has 1 to ${MAX_KEY_LENGTH} characters`);
  check(today === null || isDate(today), 'today', 'today is a day, such as 2026-03-01');
  check(path.length <= TEXT_LIMITS.path, 'path', `path has at most ${TEXT_LIMITS.path} characters`);
  for (const list of ['gates', 'exceptions', 'invariants'] as const)
    check(
      (input[list]?.length ?? 0) <= MAX_LISTED,
      list,
      `${list} has at most ${MAX_LISTED} entries`,
    );
  if (isGiven(git)) checkGit(git, check);
  const head = readSide(input.head, 'head', check);
  const base = isGiven(input.base) ? readSide(input.base, 'base', check) : null;
  const prunesFolder = input.head.overlay?.prune?.folder ?? false;
  const hasFolder = !prunesFolder || base?.hasManifests === true;
  check(hasFolder, 'head.overlay.prune.folder', 'prune.folder is about the manifests of `base`');
  const isBasePruned = input.base?.overlay?.prune?.folder ?? false;
  check(!isBasePruned, 'base.overlay.prune.folder', 'prune.folder is about the head');
  if (errors.length > 0) return errors;
  return {
    cluster: input.cluster,
    path,
    base,
    head,
    prunesFolder,
    ...readGates(input),
    exceptions: readExceptionTexts(input),
    invariants: readInvariantTexts(input),
    settings: textsOf(input.configFile),
    today,
    isStrict: input.strict,
    mayBeEmpty: input.allowEmpty,
    git: isGiven(git) ? toProvenance(git) : null,
    waitSeconds,
    idempotencyKey,
  };
}

/** The manifests of a side that has some: those of an overlay, or its own. */
export function manifestsOf({ overlay, ...source }: ManifestSourceInput): ManifestSourceInput {
  return overlay?.manifests ?? source;
}

function readSide(source: ManifestSourceInput, field: string, check: Check): SaidSide {
  const { snapshot, overlay } = source;
  if (isGiven(overlay)) return readOverlay(overlay, `${field}.overlay`, check);
  const below = snapshot ?? null;
  const belowField = [field, 'snapshot'];
  return { below, belowField, hasManifests: below === null, prune: null, delete: [] };
}

function readOverlay(overlay: OverlayInput, field: string, check: Check): SaidSide {
  const { base, manifests, prune } = overlay;
  const isPlain = !isGiven(manifests.snapshot) && !isGiven(manifests.overlay);
  check(isPlain, `${field}.manifests`, 'On top can only be `text`, `files` or `tarGz`');
  const namespaces = prune?.namespaces ?? null;
  check(
    (namespaces?.length ?? 0) <= MAX_LISTED,
    `${field}.prune.namespaces`,
    `At most ${MAX_LISTED}`,
  );
  const scope = readScope(namespaces, prune?.labels ?? null);
  check(!('message' in scope), `${field}.prune.labels`, 'message' in scope ? scope.message : '');
  const names = overlay.delete ?? [];
  check(names.length <= MAX_DELETES, `${field}.delete`, `At most ${MAX_DELETES} objects`);
  return {
    below: base,
    belowField: [...field.split('.'), 'base'],
    hasManifests: true,
    prune: 'prune' in scope ? scope.prune : null,
    delete: names.map(toObjectName),
  };
}

function toObjectName({ kind, namespace, name }: ObjectRefInput): ObjectName {
  return { kind, namespace: namespace ?? null, name };
}

function readGates({ gates }: CreateChangeReviewInput): Pick<SaidReview, 'gates' | 'minSeverity'> {
  if (!isGiven(gates)) return { gates: { failOn: DEFAULT_FAIL_ON, warnOn: [] }, minSeverity: null };
  const named = (action: string) =>
    gates.filter((gate) => gate.action === action).map(({ rule }) => gateOfRule(rule));
  const severities = new Set(gates.map(({ minSeverity }) => minSeverity));
  // Gravest first: of several the least grave one counts.
  const least: Severity | undefined = SEVERITIES.findLast((severity) => severities.has(severity));
  return {
    gates: { failOn: named('FAIL'), warnOn: named('WARN') },
    minSeverity: least ?? null,
  };
}

function readExceptionTexts({
  exceptions,
  exceptionsFile,
}: CreateChangeReviewInput): SaidReview['exceptions'] {
  return [
    ...(isGiven(exceptions) && exceptions.length > 0 ? [readInlineExceptions(exceptions)] : []),
    ...textsOf(exceptionsFile),
  ];
}

function textsOf(file: CreateChangeReviewInput['configFile']): SaidReview['settings'] {
  const { path = '', base, head } = file ?? {};
  return [
    ...(isGiven(base) ? [{ side: 'BASE', path, text: base } as const] : []),
    ...(isGiven(head) ? [{ side: 'HEAD', path, text: head } as const] : []),
  ];
}
