import { SEVERITIES } from '@portolan/model';
import type { SideText } from '@portolan/pool';
import { isDate } from '@portolan/review';
import { TEXT_LIMITS } from '@portolan/store';
import { z } from 'zod';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { checkGit, MAX_KEY_LENGTH, toProvenance } from '../uploads/upload-options.js';
import { encodeGlobalId } from '../relay/global-id.js';
import type { SnapshotRefInput } from '../snapshots/snapshot-ref.input.js';
import { readGateNames } from './read-gates.js';
import { readScope } from './read-scope.js';
import {
  DEFAULT_REVIEW_WAIT_SECONDS,
  MAX_LISTED,
  MAX_REVIEW_WAIT_SECONDS,
} from './review-limits.js';
import type { SaidReview, SaidSide } from './said-review.js';

const DEFAULT_EXCEPTIONS_PATH = '.portolan/exceptions.yaml';
const DEFAULT_INVARIANTS_PATH = '.portolan/invariants.yaml';
const DEFAULT_CONFIG_PATH = '.portolan/config.yaml';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const names = z.array(z.string().max(253)).max(MAX_LISTED);
const text = z.string().min(1).max(2048);

/** A file as both states have it. */
const FILE_OF_BOTH = z
  .strictObject({
    base: z.string().nullish(),
    head: z.string().nullish(),
    path: z.string().min(1).max(TEXT_LIMITS.path).nullish(),
  })
  .nullish();

/** The part `options` of a review by REST. What is left out and what is null are the same. */
const OPTIONS = z.strictObject({
  cluster: z.string().min(1).max(253),
  path: z.string().max(TEXT_LIMITS.path).nullish(),
  overlay: z.strictObject({ snapshot: text.optional(), latestOf: text.optional() }).nullish(),
  prune: z
    .strictObject({
      folder: z.boolean().nullish(),
      namespaces: names.nullish(),
      labels: z.string().max(10_000).nullish(),
    })
    .nullish(),
  failOn: names.nullish(),
  warnOn: names.nullish(),
  minSeverity: z.enum(SEVERITIES).nullish(),
  exceptions: FILE_OF_BOTH,
  invariants: FILE_OF_BOTH,
  config: FILE_OF_BOTH,
  today: z.string().refine(isDate, 'must be a day, such as 2026-03-01').nullish(),
  strict: z.boolean().nullish(),
  allowEmpty: z.boolean().nullish(),
  git: z
    .strictObject({
      repository: text,
      commit: z.string().nullable().default(null),
      ref: z.string().max(TEXT_LIMITS.path).nullable().default(null),
      pullRequest: z.int().max(2_147_483_647).nullable().default(null),
      url: z.string().max(TEXT_LIMITS.url).nullable().default(null),
    })
    .nullish(),
  waitSeconds: z.int().min(0).max(MAX_REVIEW_WAIT_SECONDS).nullish(),
  idempotencyKey: z.string().min(1).max(MAX_KEY_LENGTH).nullish(),
});
type Options = z.infer<typeof OPTIONS>;

/**
 * Reads the part `options`. Whether there is a part `base` is not known yet: `withBase` says so later.
 * @throws BadQuestionError INVALID that names the field.
 */
export function readReviewOptions(json: string): SaidReview {
  const options = parse(json);
  const { overlay, prune, git } = options;
  if (prune != null && overlay == null)
    throw wrong('prune', 'prune is about the snapshot that `overlay` gives');
  if (git != null)
    checkGit(git, (isGood, field, message) => {
      if (!isGood) throw wrong(field, message);
    });
  const scope = readScope(prune?.namespaces ?? null, prune?.labels ?? null);
  if ('message' in scope) throw wrong('prune.labels', scope.message);
  return {
    cluster: options.cluster,
    path: options.path ?? '',
    base: null,
    head: sideOver(overlay, scope.prune),
    prunesFolder: prune?.folder ?? false,
    gates: gatesOf(options),
    minSeverity: options.minSeverity ?? null,
    exceptions: textsOf(options.exceptions, DEFAULT_EXCEPTIONS_PATH),
    invariants: textsOf(options.invariants, DEFAULT_INVARIANTS_PATH),
    settings: textsOf(options.config, DEFAULT_CONFIG_PATH),
    today: options.today ?? null,
    isStrict: options.strict ?? false,
    mayBeEmpty: options.allowEmpty ?? false,
    git: git == null ? null : toProvenance(git),
    waitSeconds: options.waitSeconds ?? DEFAULT_REVIEW_WAIT_SECONDS,
    idempotencyKey: options.idempotencyKey ?? null,
  };
}

function textsOf(given: z.infer<typeof FILE_OF_BOTH>, usualPath: string): SideText[] {
  const path = given?.path ?? usualPath;
  return [
    ...(given?.base == null ? [] : [{ side: 'BASE', path, text: given.base } as const]),
    ...(given?.head == null ? [] : [{ side: 'HEAD', path, text: given.head } as const]),
  ];
}

function parse(json: string): Options {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw wrong('options', `The part "options" is not JSON: ${reason}`);
  }
  const read = OPTIONS.safeParse(value);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  const at = first?.path.join('.') ?? '';
  if (first?.code === 'unrecognized_keys') {
    const [key = ''] = first.keys;
    const field = at === '' ? key : `${at}.${key}`;
    throw wrong(field, `There is no option ${field.slice(0, 80)}`);
  }
  throw wrong(at, `${at === '' ? 'options' : at}: ${first?.message ?? 'is wrong'}`);
}

function sideOver(overlay: Options['overlay'], prune: SaidSide['prune']): SaidSide {
  return {
    below: overlay == null ? null : readOverlay(overlay),
    belowField: ['overlay'],
    hasManifests: true,
    prune,
    delete: [],
  };
}

function readOverlay({ snapshot, latestOf }: NonNullable<Options['overlay']>): SnapshotRefInput {
  if ((snapshot === undefined) === (latestOf === undefined))
    throw wrong('overlay', 'overlay has exactly one of snapshot and latestOf');
  if (latestOf !== undefined) return { latestOf: { cluster: latestOf } };
  const id = snapshot ?? '';
  return { id: UUID.test(id) ? encodeGlobalId({ type: 'Snapshot', uuid: id.toLowerCase() }) : id };
}

function gatesOf({ failOn, warnOn }: Options): SaidReview['gates'] {
  return readGateNames(failOn ?? null, warnOn ?? [], (field, message) => wrong(field, message));
}

/** The same review with a base of manifests: both lie over the snapshot, when there is one. */
export function withBase(said: SaidReview): SaidReview {
  const { below, belowField } = said.head;
  return { ...said, base: { below, belowField, hasManifests: true, prune: null, delete: [] } };
}

/** @throws BadQuestionError when there is no base whose folder could be pruned. */
export function withoutBase(said: SaidReview): SaidReview {
  if (said.prunesFolder)
    throw wrong('prune.folder', 'prune.folder takes away what the part "base" declares: send it');
  return said;
}

function wrong(argument: string, message: string): BadQuestionError {
  return new BadQuestionError({ code: 'INVALID', argument, message });
}
