import { ALL_RULES, fingerprintOf, objectName } from '@portolan/findings';
import {
  type Finding,
  type FindingObject,
  invariant,
  type Severity,
  SEVERITIES,
  type SnapshotView,
  type SourceLocation,
  type SourceView,
} from '@portolan/model';
import type { FindingRow, FindingStatus, FindingSubject, Lines } from '@portolan/report';
import { locateFinding, locateObject } from './locate-finding.js';

/** What becomes of a finding of one object. */
export interface FindingFate {
  readonly status: FindingStatus;
  readonly why: string | null;
}

/** Decides what becomes of a finding of one object. */
export type Judge = (finding: Finding, names: FindingSubject) => FindingFate;

const RULES = new Map(ALL_RULES.map((rule) => [rule.id, rule]));

/** Findings with names and places; parted where not all objects of one have the same fate. */
export class FindingRows {
  constructor(
    private readonly view: SnapshotView,
    private readonly sources: SourceView,
  ) {}

  /** Rows, the gravest first; equal ones stay in their order. */
  rowsOf(findings: readonly Finding[], judge: Judge): FindingRow[] {
    const rows = findings.flatMap((finding) => this.#partsOf(finding, judge));
    return rows.sort(byGravity);
  }

  /** A row of a finding all objects of which have the same fate. Of its further objects only the first are named. */
  rowOf(finding: Finding, fate: FindingFate, maxOthers: number): FindingRow {
    return this.#row(finding, fate, this.#subjectsOf(finding, maxOthers), finding.occurrences);
  }

  /** A finding of its first object, and of the further ones. */
  #subjectsOf(finding: Finding, maxOthers = Infinity): FindingSubject[] {
    const { object, objects } = finding;
    if (object.kind === 'INPUT') return [this.#subject(finding, object)];
    const { kind } = object;
    const named = objects.slice(0, 1 + maxOthers);
    return named.map((index) => this.#subject(finding, { kind, index }));
  }

  #partsOf(finding: Finding, judge: Judge): FindingRow[] {
    const parts = new Map<string, { fate: FindingFate; subjects: FindingSubject[] }>();
    for (const subject of this.#subjectsOf(finding)) {
      const fate = judge(finding, subject);
      const key = JSON.stringify([fate.status, fate.why]);
      const part = parts.get(key);
      if (part === undefined) parts.set(key, { fate, subjects: [subject] });
      else part.subjects.push(subject);
    }
    const isWhole = parts.size === 1;
    return Array.from(parts.values(), ({ fate, subjects }) =>
      this.#row(finding, fate, subjects, isWhole ? finding.occurrences : subjects.length),
    );
  }

  #row(
    finding: Finding,
    fate: FindingFate,
    subjects: readonly FindingSubject[],
    occurrences: number,
  ): FindingRow {
    const [first, ...others] = subjects;
    const known = RULES.get(finding.rule);
    invariant(first !== undefined && known !== undefined, 'a finding has a rule and an object');
    const { name, category } = known;
    const { rule, severity, confidence, message, path, fix } = finding;
    return {
      ...first,
      rule,
      name,
      category,
      severity,
      confidence,
      message,
      path,
      fix: fix === null ? null : { text: fix.text, yaml: fix.yaml },
      occurrences,
      others,
      ...fate,
    };
  }

  #subject(finding: Finding, object: FindingObject): FindingSubject {
    const name = objectName(this.view, object);
    const isFirst = object === finding.object || isSame(object, finding.object);
    const location = isFirst
      ? locateFinding(this.sources, finding)
      : locateObject(this.sources, object);
    return {
      object: name,
      fingerprint: fingerprintOf(finding, name),
      place: location === null ? null : linesOf(location),
    };
  }
}

function isSame(object: FindingObject, other: FindingObject): boolean {
  return object.kind !== 'INPUT' && other.kind !== 'INPUT' && object.index === other.index;
}

function linesOf({ path, startLine, endLine }: SourceLocation): Lines {
  return { path, startLine, endLine };
}

/** Orders findings, the gravest first. */
export function byGravity(
  a: { readonly severity: Severity },
  b: { readonly severity: Severity },
): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}
