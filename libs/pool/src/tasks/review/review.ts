import { gzipSync } from 'node:zlib';
import { Analysis, buildIndexFrom } from '@portolan/engine';
import { type LayerTally, type ManifestLayer, readLayers } from '@portolan/manifests';
import type { SnapshotContent } from '@portolan/model';
import { reviewChange, type ReviewState } from '@portolan/review';
import type { AnalysisCache } from '../../analysis-cache.js';
import type { IngestProgress } from '../../messages.js';
import type {
  KeptReview,
  ReviewedUpload,
  ReviewOutcome,
  ReviewRefusal,
  ReviewRequest,
} from '../../review-messages.js';
import { openUpload } from '../open-upload.js';
import { boundReport, MAX_REPORT_BYTES } from './bound-report.js';
import { changedFiles } from './changed-files.js';
import { readLedgers } from './read-ledger.js';
import { readSettings } from './read-settings.js';
import { refusalOfSnapshot, refusalOfState } from './refusal-of-state.js';
import { ReviewMeter } from './review-meter.js';

/** Reads both states, compares them, and writes the report. Only an unreadable file throws. */
export async function review(
  request: ReviewRequest,
  analyses: AnalysisCache,
  report: (progress: IngestProgress) => void,
): Promise<ReviewOutcome> {
  const { exceptions, invariants, notes, refusal } = readLedgers(request);
  if (refusal !== null) return refused(refusal);
  const set = readSettings(request.settings);
  if (set.refusal !== null) return refused(set.refusal);
  const outdated = refusalOfSnapshot(request);
  if (outdated !== null) return refused(outdated);
  const meter = await ReviewMeter.of([request.base, request.head], report);
  const base = await readSide('base', request, analyses, meter, null);
  if ('code' in base) return refused(base);
  const head = await readSide('head', request, analyses, meter, base.state.analysis);
  if ('code' in head) return refused(head);
  meter.comparing();
  const whole = reviewChange({
    cluster: request.cluster,
    path: request.path,
    base: base.state,
    head: head.state,
    isWholeCluster: request.isWholeCluster,
    enforcement: request.enforcement,
    gates: {
      ...request.gates,
      ...(request.minSeverity === null ? {} : { minSeverity: request.minSeverity }),
    },
    exceptions,
    invariants,
    settings: set.settings,
    today: request.today,
    changedPaths: changedFiles(base.tally, head.tally),
    notes: [...notes, ...set.notes],
  });
  const { verdict } = whole;
  const kept: KeptReview = {
    report: boundReport(whole, MAX_REPORT_BYTES),
    warnOn: request.gates.warnOn.filter((gate) => !request.gates.failOn.includes(gate)),
  };
  const json = JSON.stringify(kept);
  return { kind: 'REPORT', verdict, report: Uint8Array.from(gzipSync(json)) };
}

interface ReadSide {
  readonly state: ReviewState;
  /** Of the manifests that are its own; null when it has none. */
  readonly tally: LayerTally | null;
}

async function readSide(
  which: 'base' | 'head',
  request: ReviewRequest,
  analyses: AnalysisCache,
  meter: ReviewMeter,
  similar: Analysis | null,
): Promise<ReadSide | ReviewRefusal> {
  const side = request[which];
  const layers = side.uploads.map((upload) => openLayer(upload, meter));
  const content = await readLayers(
    layers,
    request.limits,
    ({ bytes, objects }) => meter.read(side, bytes, objects),
    side.below,
  );
  const own = layers.findLast(({ effect }) => effect === 'ADD')?.tally ?? null;
  const refusal = refusalOfState(which, request, content, own);
  if (refusal !== null) return refusal;
  meter.building();
  const analysis =
    side.index !== null && layers.length === 0
      ? analyses.get(side.index)
      : analysisOf(content, request, similar);
  return { state: { name: side.name, content, analysis }, tally: own };
}

type OpenLayer = ManifestLayer & { readonly tally: LayerTally };

function openLayer(uploaded: ReviewedUpload, meter: ReviewMeter): OpenLayer {
  const { upload, effect, prune } = uploaded;
  return {
    source: openUpload(upload, (bytes) => meter.fileRead(uploaded, bytes)),
    effect,
    prune,
    delete: uploaded.delete,
    tally: { files: new Map(), objects: 0, missing: [] },
  };
}

function analysisOf(
  { parts }: SnapshotContent,
  { switches }: Pick<ReviewRequest, 'switches'>,
  similar: Analysis | null,
): Analysis {
  const segments = parts.map(({ namespace, segment }) => ({ namespace, ...segment }));
  return new Analysis(buildIndexFrom(similar, segments, switches));
}

function refused(refusal: ReviewRefusal): ReviewOutcome {
  return { kind: 'REFUSED', refusal };
}
