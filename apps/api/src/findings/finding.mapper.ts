import { createHash } from 'node:crypto';
import { fingerprintOf, objectName } from '@portolan/findings';
import type { Finding, FindingObject, PageRequest, Severity } from '@portolan/model';
import type { FoundFindings } from '@portolan/pool';
import { snapshotCaveats } from '@portolan/report';
import { sumOf, truncation } from '@portolan/review';
import { toCaveatModels } from '../caveats/caveat.mapper.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { toNamespaceModel } from '../objects/namespace.mapper.js';
import type { ObjectModel } from '../objects/object.model.js';
import { toPodModel } from '../objects/pod.mapper.js';
import { toPolicyModel } from '../objects/policy.mapper.js';
import { toRouteModel } from '../objects/route.mapper.js';
import { toServiceModel } from '../objects/service.mapper.js';
import { toWorkloadModel } from '../objects/workload.mapper.js';
import { type Connection, toConnection } from '../relay/connection.js';
import { slicePage } from '../relay/page.js';
import { newModel } from '../schema/new-model.js';
import { type CountedFindings, SeverityCountsModel } from './finding.connection.js';
import {
  FindingFixModel,
  FindingModel,
  FindingSubjectModel,
  FindingSuppressionModel,
} from './finding.model.js';
import { filterFindings, type FindingFilter } from './filter-findings.js';
import { ruleOf } from './lint-rule.model.js';

/** A page of findings of a snapshot; `asked` = all snapshots that they rest on. */
export function toFindingConnection(
  snapshot: IndexedSnapshot,
  { findings, omitted }: FoundFindings,
  filter: FindingFilter,
  page: PageRequest,
  asked: readonly IndexedSnapshot[] = [snapshot],
): CountedFindings {
  const wanted = filterFindings(snapshot.view, findings, filter);
  const nodes = slicePage(wanted, page).map((finding) => toFindingModel(snapshot, finding));
  return Object.assign(toConnection(nodes, wanted.length, page), {
    countsBySeverity: toCounts(wanted),
    caveats: toCaveatModels(
      omitted.length === 0 ? [] : [truncation(sumOf(omitted))],
      ...asked.map((side) => snapshotCaveats(side.row, side)),
    ),
  });
}

function toCounts(findings: readonly Finding[]): SeverityCountsModel {
  const count = (wanted: Severity): number =>
    findings.filter(({ severity }) => severity === wanted).length;
  return newModel(SeverityCountsModel, {
    critical: count('CRITICAL'),
    high: count('HIGH'),
    medium: count('MEDIUM'),
    low: count('LOW'),
    info: count('INFO'),
  });
}

function toFindingModel(snapshot: IndexedSnapshot, finding: Finding): FindingModel {
  const { rule, severity, confidence, message, path, fix, suppressed, occurrences } = finding;
  const name = objectName(snapshot.view, finding.object);
  const fingerprint = fingerprintOf(finding, name);
  return newModel(FindingModel, {
    snapshot,
    finding,
    id: idOf(snapshot, finding, fingerprint),
    rule: ruleOf(rule),
    severity,
    confidence,
    message,
    objectName: name,
    path,
    fix: fix === null ? null : newModel(FindingFixModel, { text: fix.text, yaml: fix.yaml }),
    fingerprint,
    occurrences,
    suppressed: suppressed === null ? null : newModel(FindingSuppressionModel, { ...suppressed }),
  });
}

/** Told apart from the same finding of fewer of its objects, and from what else its first object has of the rule. */
function idOf(
  { row, key }: IndexedSnapshot,
  { message, severity, confidence, suppressed, objects, occurrences }: Finding,
  fingerprint: string,
): string {
  const told = [message, severity, confidence, suppressed, occurrences, objects.length];
  const hash = createHash('sha256')
    .update(JSON.stringify([key, fingerprint, objects.at(-1), ...told]))
    .digest('hex');
  return Buffer.from(`Finding:${row.id}:${hash.slice(0, 32)}`, 'utf8').toString('base64url');
}

/** The further objects of a finding that a page asks for. */
export function toSubjectConnection(
  { snapshot, finding }: FindingModel,
  page: PageRequest,
): Connection<FindingSubjectModel> {
  const { object, objects } = finding;
  if (object.kind === 'INPUT') return toConnection([], 0, page);
  const others = slicePage(objects, { ...page, offset: page.offset + 1 });
  const nodes = others.map((index) => {
    const about = { kind: object.kind, index };
    const name = objectName(snapshot.view, about);
    const fingerprint = fingerprintOf(finding, name);
    return newModel(FindingSubjectModel, { snapshot, about, objectName: name, fingerprint });
  });
  return toConnection(nodes, objects.length - 1, page);
}

/** What a finding is about as an object of the API; null for documents, and for kinds that the API does not show. */
export function toObjectModel(
  snapshot: IndexedSnapshot,
  object: FindingObject,
): ObjectModel | null {
  switch (object.kind) {
    case 'NAMESPACE':
      return toNamespaceModel(snapshot, object.index);
    case 'WORKLOAD':
      return toWorkloadModel(snapshot, object.index);
    case 'POD':
      return toPodModel(snapshot, object.index);
    case 'POLICY':
      return toPolicyModel(snapshot, object.index);
    case 'SERVICE':
      return toServiceModel(snapshot, object.index);
    case 'ROUTE':
      return toRouteModel(snapshot, object.index);
    case 'NODE':
    case 'GATEWAY':
    case 'INPUT':
      return null;
  }
}
