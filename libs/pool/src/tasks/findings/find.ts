import type { Analysis } from '@portolan/engine';
import { type Finding, SourceView } from '@portolan/model';
import { compareFindings, findInState } from '@portolan/review';
import type { AnalysisCache } from '../../analysis-cache.js';
import type {
  FindingChanges,
  FindingChangesRequest,
  FindingsRequest,
  FindingsSide,
  FindingsTerms,
  FoundFindings,
} from '../../finding-messages.js';
import { boundFindings, MAX_FINDINGS_BYTES } from './bound-findings.js';

/** Asks every rule of a stored snapshot. */
export function find({ side, ...terms }: FindingsRequest, analyses: AnalysisCache): FoundFindings {
  return boundFindings(findIn(side, terms, analyses, null), MAX_FINDINGS_BYTES);
}

/** Compares the findings of two stored snapshots. */
export function compareFound(
  { base, head, ...terms }: FindingChangesRequest,
  analyses: AnalysisCache,
): FindingChanges {
  const before = analyses.get(base.index);
  const { added, gone } = compareFindings(
    { view: before.view, findings: findIn(base, terms, analyses, null) },
    { view: analyses.get(head.index).view, findings: findIn(head, terms, analyses, before) },
  );
  const sides = {
    added: boundFindings(added, MAX_FINDINGS_BYTES),
    gone: boundFindings(gone, MAX_FINDINGS_BYTES),
  };
  return { ...sides, byteLength: sides.added.byteLength + sides.gone.byteLength };
}

function findIn(
  { index, sources, ...read }: FindingsSide,
  terms: FindingsTerms,
  analyses: AnalysisCache,
  base: Analysis | null,
): Finding[] {
  const analysis = analyses.get(index);
  const state = { ...read, analysis, sources: new SourceView(analysis.view, sources) };
  return findInState(state, { ...terms, settings: new Map(), base });
}
