import type { Severity } from '@portolan/model';
import type { LineNote } from './line-note.js';

/** GitHub shows 5,000 results of a run, and refuses none below 25,000. */
const MAX_RESULTS = 5_000;

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'note',
  INFO: 'note',
};

/** A rule, as SARIF tells of it. */
export interface SarifRule {
  readonly id: string;
  readonly name?: string;
  readonly shortDescription: { readonly text: string };
  readonly help?: { readonly text: string };
  readonly helpUri?: string;
}

/** A note, and why it counts for nothing, when it does. */
export interface SarifNote extends LineNote {
  readonly suppression?: { readonly kind: 'external' | 'inSource'; readonly reason: string } | null;
}

/** What a log is made of. Every rule that notes have is among the rules. */
export interface SarifContent {
  readonly engineVersion: string;
  readonly rules: readonly SarifRule[];
  readonly notes: readonly SarifNote[];
  /** Names the fingerprints: `portolanReview/v1`. */
  readonly fingerprintName: string;
}

/** A log of SARIF 2.1.0 with one run. */
export function writeSarifLog({
  engineVersion,
  rules,
  notes,
  fingerprintName,
}: SarifContent): string {
  const ruleIndex = new Map(rules.map(({ id }, at) => [id, at]));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Portolan', semanticVersion: semantic(engineVersion), rules } },
        originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository' } } },
        results: notes
          .slice(0, MAX_RESULTS)
          .map((note) => resultOf(note, ruleIndex.get(note.rule) ?? -1, fingerprintName)),
        properties: { resultsOmitted: Math.max(0, notes.length - MAX_RESULTS) },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(note: SarifNote, ruleIndex: number, fingerprintName: string): object {
  const { rule, severity, message, place, fingerprint, suppression = null } = note;
  const { path, startLine, endLine } = place;
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path), uriBaseId: 'SRCROOT' },
          region: { startLine, endLine: Math.max(startLine, endLine) },
        },
      },
    ],
    partialFingerprints: { [fingerprintName]: fingerprint },
    ...(suppression === null
      ? {}
      : { suppressions: [{ kind: suppression.kind, justification: suppression.reason }] }),
  };
}

/** A relative reference: a path with a colon in its first segment would be taken for a scheme. */
function uriOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** The engine's version is a number that counts up; SARIF wants three. */
function semantic(version: string): string {
  return /^\d+\.\d+\.\d+/.test(version)
    ? version
    : `${/^\d+(?:\.\d+)?/.exec(version)?.[0] ?? '0'}.0.0`.split('.').slice(0, 3).join('.');
}
