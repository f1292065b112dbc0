import type {
  Confidence,
  FindingFix,
  FindingObject,
  FindingRuleInfo,
  RulePlace,
  Severity,
} from '@portolan/model';
import type { FindingContext } from './finding-context.js';

/** What a rule says about one object. What is left out is as it usually is. */
export interface Found {
  readonly object: FindingObject;
  /** The rule, peer or port of a policy that it is about; gives `path` and the line. */
  readonly place?: RulePlace;
  /** JSON path in the object, where `place` cannot say it: `spec.podSelector`. */
  readonly path?: string;
  /** For people, without the name of the object and without positions: equal messages are told once. */
  readonly message: string;
  /**
   * What tells it from other findings of the rule about the same object, for fingerprints: the text of a selector, a rule or
   * a CIDR, never a position in a list, a count or anything that another object changes.
   */
  readonly key: string;
  /** CERTAIN unless said otherwise. */
  readonly confidence?: Confidence;
  /** The rule's own unless said otherwise. */
  readonly severity?: Severity;
  readonly fix?: FindingFix;
}

/** A rule of the catalogue: one file, one spec. */
export interface FindingRule extends FindingRuleInfo {
  readonly find: (context: FindingContext, report: (found: Found) => void) => void;
}
