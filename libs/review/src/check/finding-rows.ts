import { fingerprintOf, objectName } from '@portolan/findings';
import {
  type Finding,
  type FindingObject,
  type FindingRuleInfo,
  invariant,
  type Severity,
  SEVERITIES,
  type SnapshotView,
  type SourceLocation,
  type SourceView,
} from '@portolan/model';
import type { FindingRow, FindingStatus, FindingSubject, Lines } from '@portolan/report';

/** What becomes of a finding of one object. */
export interface FindingFate {
  readonly status: FindingStatus;
  readonly why: string | null;
}

/** Decides what becomes of a finding of one object. */
export type Judge = (finding: Finding, names: FindingSubject) => FindingFate;

/** Findings with names and places; parted where not all objects of one have the same fate. */
export class FindingRows {
  constructor(
    private readonly view: SnapshotView,
    private readonly sources: SourceView,
    private readonly rules: ReadonlyMap<string, FindingRuleInfo>,
  ) {}

  /** Rows, the gravest first; equal ones stay in their order. */
  rowsOf(findings: readonly Finding[], judge: Judge): FindingRow[] {
    const rows = findings.flatMap((finding) => this.#partsOf(finding, judge));
    return rows.sort((a, b) => rank(a.severity) - rank(b.severity));
  }

  /** A finding of each of its objects. */
  subjectsOf(finding: Finding): FindingSubject[] {
    const { object, objects } = finding;
    if (object.kind === 'INPUT') return [this.#subject(finding, object)];
    return objects.map((index) => this.#subject(finding, { kind: object.kind, index }));
  }

  #partsOf(finding: Finding, judge: Judge): FindingRow[] {
    const parts = new Map<string, { fate: FindingFate; subjects: FindingSubject[] }>();
    for (const subject of this.subjectsOf(finding)) {
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
    const known = this.rules.get(finding.rule);
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
    const location = isFirst ? this.#placeOf(finding) : this.#locate(object);
    return {
      object: name,
      fingerprint: fingerprintOf(finding, name),
      place: location === null ? null : linesOf(location),
    };
  }

  /** The line of the rule that it is about, where there is one. */
  #placeOf({ object, place }: Finding): SourceLocation | null {
    if (object.kind !== 'POLICY' || place === null) return this.#locate(object);
    const { direction, rule, peer } = place;
    return this.sources.locateRule({ policy: object.index, direction, rule, peer });
  }

  #locate(object: FindingObject): SourceLocation | null {
    if (object.kind === 'INPUT') return object.location;
    return this.sources.locate(object.kind, object.index);
  }
}

function isSame(object: FindingObject, other: FindingObject): boolean {
  return object.kind !== 'INPUT' && other.kind !== 'INPUT' && object.index === other.index;
}

function linesOf({ path, startLine, endLine }: SourceLocation): Lines {
  return { path, startLine, endLine };
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
