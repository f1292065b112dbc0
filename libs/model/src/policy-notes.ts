import { type Direction, DIRECTIONS } from './policy.js';

/** What a NetworkPolicy says as it is written, and defaulting takes away. Codes are stored by position: add at the end. */
export const POLICY_NOTE_CODES = [
  /** `policyTypes` is absent or empty: directions are inferred. */
  'POLICY_TYPES_ABSENT',
  /** `egress` is there without any rule while `policyTypes` is absent: egress is not governed. */
  'EMPTY_EGRESS',
  /** `policyTypes` lists a direction whose key is absent altogether. Not told of objects that an API server wrote. */
  'RULES_ABSENT',
  /** An entry of `ports` without `protocol`. */
  'PROTOCOL_OMITTED',
] as const;
/** A code of POLICY_NOTE_CODES. */
export type PolicyNoteCode = (typeof POLICY_NOTE_CODES)[number];

/** A note on how a policy is written. */
export type PolicyNote =
  | { readonly code: 'POLICY_TYPES_ABSENT' | 'EMPTY_EGRESS' }
  | { readonly code: 'RULES_ABSENT'; readonly direction: Direction }
  | {
      readonly code: 'PROTOCOL_OMITTED';
      readonly direction: Direction;
      /** Position in `spec.ingress` or `spec.egress`. */
      readonly rule: number;
      /** Position in `ports`. */
      readonly port: number;
    };

/** Integers that a note takes in the sources column `policyNotes`: policy in its segment, code, direction, rule, port. */
export const POLICY_NOTE_WORDS = 5;
const NONE = -1;

/** A note as it is stored. */
export function policyNoteWords(policy: number, note: PolicyNote): number[] {
  const code = POLICY_NOTE_CODES.indexOf(note.code);
  switch (note.code) {
    case 'POLICY_TYPES_ABSENT':
    case 'EMPTY_EGRESS':
      return [policy, code, NONE, NONE, NONE];
    case 'RULES_ABSENT':
      return [policy, code, DIRECTIONS.indexOf(note.direction), NONE, NONE];
    case 'PROTOCOL_OMITTED':
      return [policy, code, DIRECTIONS.indexOf(note.direction), note.rule, note.port];
  }
}

/** A stored note whose words begin at `at`; null when a later version wrote it and its code is not known. */
export function policyNoteAt(words: Int32Array, at: number): PolicyNote | null {
  const code = (POLICY_NOTE_CODES as readonly (PolicyNoteCode | undefined)[])[words[at + 1]!];
  const direction = DIRECTIONS[words[at + 2]!] ?? 'INGRESS';
  switch (code) {
    case undefined:
      return null;
    case 'POLICY_TYPES_ABSENT':
    case 'EMPTY_EGRESS':
      return { code };
    case 'RULES_ABSENT':
      return { code, direction };
    case 'PROTOCOL_OMITTED':
      return { code, direction, rule: words[at + 3]!, port: words[at + 4]! };
  }
}
