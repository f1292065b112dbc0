import type { Direction } from './policy.js';
import type { Severity } from './severity.js';
import type { SourcedKind } from './source-view.js';
import type { SourceLocation } from './problem.js';
import type { Suppression } from './suppression.js';

/** Groups of finding rules, in the order of their numbers. */
export const FINDING_CATEGORIES = [
  /** NP1xx: how a policy is written. */
  'SCHEMA',
  /** NP2xx: whom selectors select. */
  'SELECTOR',
  /** NP3xx: ports and protocols. */
  'PORT',
  /** NP4xx: addresses. */
  'IP_BLOCK',
  /** NP5xx: what is not isolated, or more open than it looks. */
  'ISOLATION',
  /** NP6xx: traffic that something needs and does not get. */
  'DEPENDENCY',
  /** NP7xx: what could be removed without any effect. */
  'REDUNDANCY',
  /** NP8xx: what the platform makes of policies. */
  'PLATFORM',
  /** NP9xx: input that the analysis lacks. */
  'INPUT',
] as const;
/** A category of FINDING_CATEGORIES. */
export type FindingCategory = (typeof FINDING_CATEGORIES)[number];

/** How sure a finding is. */
export const CONFIDENCES = [
  /** It follows from the manifests. */
  'CERTAIN',
  /** So it is, unless something outside the manifests says otherwise. */
  'LIKELY',
  /** It may well be meant as it is. */
  'POSSIBLE',
] as const;
/** A confidence of CONFIDENCES. */
export type Confidence = (typeof CONFIDENCES)[number];

/** A rule of the catalogue, as people see it. */
export interface FindingRuleInfo {
  /** Stable: `NP201`. */
  readonly id: string;
  /** Stable, too: `policy-selects-nothing`. */
  readonly name: string;
  readonly category: FindingCategory;
  /** Of a finding about a COMPLETE snapshot, unless the rule knows better in the case at hand. */
  readonly severity: Severity;
  /** What triggers it, in a sentence. */
  readonly description: string;
  /** What to do about it, in a sentence. */
  readonly remediation: string;
  /** Whether what it says holds only where the snapshot is the whole cluster; in a part it is information. */
  readonly needsCompleteSnapshot: boolean;
}

/** What a finding is about. INPUT: a document that did not become an object, or an object of another kind. */
export type FindingObject =
  | { readonly kind: SourcedKind; readonly index: number }
  | {
      readonly kind: 'INPUT';
      /** As written; null when unknown. */
      readonly kindName: string | null;
      /** `namespace/name` or `name`; null when unknown. */
      readonly object: string | null;
      readonly location: SourceLocation | null;
    };

/** A rule of a policy, one of its peers, or one of its ports. */
export interface RulePlace {
  readonly direction: Direction;
  readonly rule: number;
  readonly peer: number | null;
  readonly port: number | null;
}

/** One step of a mechanical mend, by a JSON path of keys and positions: `['spec', 'ingress', 0, 'ports']`. */
export type FixEdit =
  | {
      readonly op: 'set';
      readonly path: readonly (string | number)[];
      /** Plain data, written as YAML. */
      readonly value: unknown;
    }
  | { readonly op: 'remove'; readonly path: readonly (string | number)[] }
  /** Makes text of a value that is written without quotes, as it is written: `0123` becomes `"0123"`. */
  | { readonly op: 'quote'; readonly path: readonly (string | number)[] };

/** How a finding can be mended. */
export interface FindingFix {
  /** In words, for the case at hand. */
  readonly text: string;
  /** What to write instead, as YAML; null where it takes a person to decide. */
  readonly yaml: string | null;
  /** The same for programs, in the order in which they are made; empty where `yaml` is null. */
  readonly edits: readonly FixEdit[];
}

/** Equal findings of a rule, of one object or of several that have the same. */
export interface Finding {
  /** The rule's `id`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** For people. Never names the object it is about: that is told beside it. */
  readonly message: string;
  /** The first that has it, in the order of the snapshot. */
  readonly object: FindingObject;
  /** All objects that have it, that one included: policies by their indices, and so on. Empty for INPUT. */
  readonly objects: readonly number[];
  /** How many places have it: objects, and places in them. */
  readonly occurrences: number;
  /** JSON path in the first object: `spec.ingress[0].from[1]`; null = the object as a whole. */
  readonly path: string | null;
  readonly place: RulePlace | null;
  readonly fix: FindingFix | null;
  /** What tells it from other findings of its rule, without names of objects and positions in lists. */
  readonly key: string;
  /** By the annotation IGNORE_ANNOTATION of each of `objects`; equal findings of other objects are told apart from it. */
  readonly suppressed: Suppression | null;
}
