import type {
  InputOutcome,
  Problem,
  ProblemCode,
  SkippedKind,
  SourceLocation,
} from '@portolan/model';
import { compareText, isPluginResource } from '@portolan/model';
import { isBrokenList, type ListedObject } from '../documents/flatten-lists.js';
import type { TextFailure } from '../documents/read-documents.js';
import type { Locator, PlacedValue } from '../documents/read-result.js';
import { type AnalysedKind, type GroupKind, type ReadKind, readKindOf } from '../kinds.js';
import type { ManifestLayer } from '../manifest-layer.js';
import type { ManifestLimits } from '../limits.js';
import { ProblemList, type ProblemMark } from '../problem-list.js';
import type { UploadBudget } from '../sources/upload-budget.js';
import { type Finding, Findings, formatPath } from '../validate/findings.js';
import { type Fields, isMap } from '../validate/shape.js';
import type { StoredParts } from '../stored/stored-parts.js';
import { findTemplate, type SpecReading } from './find-template.js';
import { Interner } from './interner.js';
import { Inventory } from './inventory.js';
import { objectDifference } from './object-difference.js';
import { readObject } from './read-object.js';
import type { SlimObject } from './slim-objects.js';
import { groupKindOf, kindName, objectName } from './shown-names.js';
import { readUnlistedKind } from './unlisted-kind.js';

/** Kinds that are counted one by one; objects of further ones are counted together. */
const MAX_SKIPPED_KINDS = 1_000;
const OTHER_KINDS = { group: '', kind: '(other kinds)' } as const;

/** Kinds of which more is in the spec than is read. */
const SHAPES: ReadonlySet<AnalysedKind['reads']> = new Set([
  'namespace',
  'node',
  'pod',
  'workload',
  'customResourceDefinition',
  'serviceAccount',
  'roleBinding',
  'apiServerCaller',
]);

interface CollectorState {
  readonly skipped: number;
  readonly lacksKinds: boolean;
  readonly order: number;
  readonly objects: number;
  readonly skippedKinds: Map<string, SkippedKind>;
  readonly problems: ProblemMark;
}

/** Takes objects as they are read, keeps what is of use, and notes what became of the rest. */
export class ObjectCollector {
  readonly inventory: Inventory;
  /** Documents, objects and files that are not in the snapshot. */
  skipped = 0;
  /** Whether the input says that kinds are missing from it. */
  lacksKinds = false;
  readonly #interner = new Interner();
  readonly #problems: ProblemList;
  #skippedKinds = new Map<string, SkippedKind>();
  #order = 0;
  #path = '';
  #documentIndex = -1;
  #isRemoving = false;
  /** How things were at `begin`. */
  #before: CollectorState | null = null;

  constructor(
    limits: ManifestLimits,
    private readonly budget: UploadBudget,
    stored: StoredParts | null = null,
  ) {
    this.inventory = new Inventory(stored);
    this.#problems = new ProblemList(limits.maxProblems);
  }

  get skippedKinds(): SkippedKind[] {
    return [...this.#skippedKinds.values()].sort(
      (a, b) => compareText(a.group, b.group) || compareText(a.kind, b.kind),
    );
  }

  finishProblems(): { problems: Problem[]; problemsOmitted: number } {
    return this.#problems.finish();
  }

  startLayer({ effect, prune = null, delete: names = [], tally }: ManifestLayer): void {
    this.#isRemoving = effect === 'REMOVE';
    this.inventory.startLayer(prune);
    for (const name of names) if (!this.inventory.removeNamed(name)) tally?.missing.push(name);
  }

  startFile(path: string): void {
    this.#path = path;
    this.#documentIndex = -1;
  }

  startDocument(): void {
    this.#documentIndex++;
  }

  /** Whether `begin` was called, and its end was not there yet. */
  get isInTransaction(): boolean {
    return this.#before !== null;
  }

  /** Objects from now on are of a list of which it is not known yet whether it is valid. */
  begin(): void {
    this.inventory.begin();
    this.#before = {
      skipped: this.skipped,
      lacksKinds: this.lacksKinds,
      order: this.#order,
      objects: this.budget.objects,
      skippedKinds: new Map(this.#skippedKinds),
      problems: this.#problems.mark(),
    };
  }

  /** The objects since `begin` count. */
  commit(): void {
    this.#before = null;
    this.inventory.commit();
  }

  /** All is as it was at `begin`. */
  rollback(): void {
    const before = this.#before;
    if (before === null) return;
    this.#before = null;
    this.inventory.rollback();
    this.skipped = before.skipped;
    this.lacksKinds = before.lacksKinds;
    this.#order = before.order;
    this.budget.objects = before.objects;
    this.#skippedKinds = before.skippedKinds;
    this.#problems.backTo(before.problems);
  }

  /** A file that is no manifest by its name. */
  skipFile(): void {
    if (!this.#isRemoving) this.skipped++;
  }

  fileProblem(path: string, code: ProblemCode, message: string): void {
    const location = { path, documentIndex: 0, startLine: 1, endLine: 1 };
    this.#leaveOut(location, { code, outcome: 'INVALID_SYNTAX', message });
  }

  textProblem({ code, outcome, message, firstLine, lastLine }: TextFailure): void {
    const location = this.#locationOf({ firstLine, lastLine });
    this.#leaveOut(location, { code, outcome, message });
  }

  object({ place, implied }: ListedObject): void {
    this.budget.objects++;
    if (this.budget.excess !== null) return;
    const location = this.#locationOf(place);
    const { value } = place;
    const groupKind = isMap(value) ? groupKindOf(value, implied) : null;
    if (!isMap(value) || groupKind === null) {
      const message = 'no Kubernetes object: apiVersion or kind is missing';
      this.#leaveOut(location, { code: 'NOT_AN_OBJECT', outcome: 'INVALID_OBJECT', message });
      return;
    }
    if (isBrokenList(value)) {
      const about = { kind: kindName(groupKind), field: 'items' };
      const message = 'must be a list: what it holds is not read';
      this.#leaveOut(location, {
        ...about,
        code: 'INVALID_OBJECT',
        outcome: 'INVALID_OBJECT',
        message,
      });
      return;
    }
    const kind = readKindOf(groupKind);
    if (kind.reads === 'unlistedKind') {
      this.lacksKinds = true;
      this.#leaveOut(location, readUnlistedKind(value));
    } else if (
      kind.reads === 'nothing' ||
      kind.reads === 'unsupportedPolicy' ||
      isOtherResource(kind, value)
    ) {
      this.#skipKind(value, groupKind, location, kind.reads === 'unsupportedPolicy');
    } else {
      this.#read(kind, value, groupKind, place, location);
    }
  }

  #read(
    kind: AnalysedKind,
    object: Fields,
    groupKind: GroupKind,
    place: PlacedValue,
    source: SourceLocation,
  ): void {
    const about = { kind: kindName(groupKind), object: objectName(object) };
    let locator: Locator | null = null;
    const locate = (): Locator => (locator ??= place.locate());
    const template = findTemplate(object, specReadingOf(kind));
    if (template !== null) {
      const line = locate()(template);
      this.#leaveOut(
        { ...source, startLine: line, endLine: line },
        {
          ...about,
          code: 'TEMPLATE',
          outcome: 'SKIPPED_TEMPLATE',
          field: formatPath(template),
          message: 'contains {{ or ${: a template that was not rendered',
        },
      );
      return;
    }
    const findings = new Findings();
    const interner = this.#interner;
    const slim = readObject(kind, { object, groupKind, source, locate, interner, findings });
    const { isRejected } = findings;
    if (this.#isRemoving) {
      if (!isRejected) this.inventory.remove(slim);
      return;
    }
    for (const finding of findings.list) {
      // Notes on an object that is left out help nobody.
      if (isRejected && finding.severity !== 'ERROR') continue;
      const line = locate()(finding.path);
      const at = { ...source, startLine: line, endLine: line };
      this.#report(at, about, finding);
    }
    if (isRejected) this.skipped++;
    else this.#keep(slim, about);
    this.#order++;
  }

  #keep(slim: SlimObject, about: { kind: string; object: string | null }): void {
    const earlier = this.inventory.add(slim, this.#order);
    if (earlier === null) return;
    this.skipped++;
    const { path, startLine } = slim.source;
    this.#problems.add(earlier.order, {
      ...about,
      code: 'DUPLICATE',
      severity: 'WARNING',
      outcome: 'DUPLICATE',
      location: earlier.object.source,
      field: objectDifference(earlier.object, slim),
      message: `the same object stands again in ${path}, line ${startLine}; the last one is taken`,
    });
  }

  #report(
    location: SourceLocation,
    about: { kind: string; object: string | null },
    { code, severity, path, message }: Finding,
  ): void {
    const outcome: InputOutcome = severity === 'ERROR' ? 'INVALID_OBJECT' : 'INDEXED';
    const field = formatPath(path);
    this.#problems.add(this.#order, {
      ...about,
      code,
      severity,
      outcome,
      location,
      field: field === '' ? null : field,
      message,
    });
  }

  #skipKind(
    object: Fields,
    groupKind: GroupKind,
    location: SourceLocation,
    isPolicy: boolean,
  ): void {
    const name = kindName(groupKind);
    if (this.#isRemoving) return;
    const isListed = this.#skippedKinds.has(name) || this.#skippedKinds.size < MAX_SKIPPED_KINDS;
    const listed = isListed ? groupKind : OTHER_KINDS;
    const [group, kind] = [this.#interner.text(listed.group), this.#interner.text(listed.kind)];
    const key = kindName({ group, kind });
    const count = (this.#skippedKinds.get(key)?.count ?? 0) + 1;
    this.#skippedKinds.set(key, { group, kind, count });
    this.#leaveOut(location, {
      code: isPolicy ? 'UNSUPPORTED_POLICY_KIND' : 'IGNORED_KIND',
      outcome: isPolicy ? 'UNSUPPORTED_POLICY_KIND' : 'IGNORED_KIND',
      severity: isPolicy ? 'WARNING' : 'INFO',
      kind: name,
      object: objectName(object),
      message: isPolicy
        ? 'this kind of policy is not evaluated yet: answers do not take it into account'
        : 'the analysis does not need this kind',
    });
  }

  #leaveOut(
    location: SourceLocation,
    problem: Pick<Problem, 'code' | 'outcome' | 'message'> & Partial<Problem>,
  ): void {
    if (this.#isRemoving) return;
    this.skipped++;
    const defaults = { severity: 'ERROR', kind: null, object: null, field: null } as const;
    this.#problems.add(this.#order++, { ...defaults, ...problem, location });
  }

  #locationOf(place: { firstLine: number; lastLine: number }): SourceLocation {
    return {
      path: this.#path,
      documentIndex: this.#documentIndex,
      startLine: place.firstLine,
      endLine: place.lastLine,
    };
  }
}

function specReadingOf({ reads }: AnalysedKind): SpecReading {
  if (reads === 'policy') return 'STRICT';
  return SHAPES.has(reads) ? 'SELECTORS' : 'ALL';
}

/** Of CustomResourceDefinitions only those of network plugins, and those that a webhook converts, are of use. */
function isOtherResource({ reads }: ReadKind, { metadata, spec }: Fields): boolean {
  if (reads !== 'customResourceDefinition') return false;
  const { conversion } = isMap(spec) ? spec : {};
  if (isMap(conversion) && conversion.strategy === 'Webhook') return false;
  const { name } = isMap(metadata) ? metadata : {};
  return typeof name !== 'string' || !isPluginResource(name);
}
