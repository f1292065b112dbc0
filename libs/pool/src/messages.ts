import type {
  AccessPage,
  AllowedAccessQuestion,
  Asked,
  BlastRadius,
  BlastRadiusQuestion,
  CanReachQuestion,
  Caveat,
  Detection,
  DiffOptions,
  ExposurePage,
  ExposuresQuestion,
  PeersQuestion,
  PolicySwitches,
  ReachabilityAnswer,
  RoutePage,
  RoutesQuestion,
  SegmentBytes,
  SnapshotContent,
  SnapshotDiff,
} from '@portolan/model';
import type { ExportedAccess, SnapshotIndex } from '@portolan/engine';
import type { ManifestLimits } from '@portolan/manifests';
import type { AccessFormat } from '@portolan/report';
import type {
  FindingChanges,
  FindingChangesRequest,
  FindingsDocument,
  FindingsReportRequest,
  FindingsRequest,
  FoundFindings,
} from './finding-messages.js';
import type { NumberedIndex } from './numbered-index.js';
import type { ReviewOutcome, ReviewRequest } from './review-messages.js';
import type { UploadSource } from './upload-source.js';

/**
 * Everything that crosses threads. Plain data only; snapshot data lies in SharedArrayBuffers, which a message shares
 * and never transfers.
 */
export type Task =
  | { readonly kind: 'ping' }
  | { readonly kind: 'ingest'; readonly source: UploadSource; readonly limits: ManifestLimits }
  | {
      readonly kind: 'buildIndex';
      readonly segments: readonly SegmentBytes[];
      readonly switches: PolicySwitches;
    }
  | {
      readonly kind: 'detectProfile';
      readonly segments: readonly SegmentBytes[];
      readonly isComplete: boolean;
    }
  | { readonly kind: 'ask'; readonly index: NumberedIndex; readonly question: PoolQuestion }
  | {
      readonly kind: 'diff';
      readonly base: NumberedIndex;
      readonly head: NumberedIndex;
      readonly options: DiffOptions;
    }
  | { readonly kind: 'review'; readonly request: ReviewRequest }
  | { readonly kind: 'findings'; readonly request: FindingsRequest }
  | { readonly kind: 'compareFindings'; readonly request: FindingChangesRequest }
  | { readonly kind: 'reportFindings'; readonly request: FindingsReportRequest }
  | {
      readonly kind: 'exportAccess';
      readonly index: NumberedIndex;
      readonly request: ExportRequest;
    };

/** What each kind of task gives back. `exportAccess` sends its bytes as chunks. */
export interface TaskResults {
  readonly ping: null;
  readonly ingest: SnapshotContent;
  readonly buildIndex: SnapshotIndex;
  readonly detectProfile: readonly Detection[];
  readonly ask: Asked<PoolAnswer<PoolQuestion>>;
  readonly diff: SnapshotDiff;
  readonly review: ReviewOutcome;
  readonly findings: FoundFindings;
  readonly compareFindings: FindingChanges;
  readonly reportFindings: FindingsDocument;
  readonly exportAccess: null;
}

/**
 * READ: bytes of the upload, of `total`. BUILD: objects are put into columns; `done` counts the objects. COMPARE: of a review,
 * the two states are compared.
 */
export interface IngestProgress {
  readonly phase: 'READ' | 'BUILD' | 'COMPARE';
  readonly done: number;
  readonly total: number | null;
}

/** A question that a worker answers. */
export type PoolQuestion =
  | ({ readonly kind: 'whoCanReach' | 'reachableFrom' } & PeersQuestion)
  | ({ readonly kind: 'canReach' } & CanReachQuestion)
  | ({ readonly kind: 'allowedAccess' } & AllowedAccessQuestion)
  | ({ readonly kind: 'exposures' } & ExposuresQuestion)
  | ({ readonly kind: 'routes' } & RoutesQuestion)
  | ({ readonly kind: 'blastRadius' } & BlastRadiusQuestion);

/** The kind of answer that a question gets. */
export type PoolAnswer<Question extends PoolQuestion> = Question extends {
  readonly kind: 'canReach';
}
  ? ReachabilityAnswer
  : Question extends { readonly kind: 'exposures' }
    ? ExposurePage
    : Question extends { readonly kind: 'routes' }
      ? RoutePage
      : Question extends { readonly kind: 'blastRadius' }
        ? BlastRadius
        : AccessPage;

/** What to export. */
export interface ExportRequest extends ExportedAccess {
  readonly format: AccessFormat;
  /** Facts about the snapshot (id, digest, …) for the head of the JSON document. */
  readonly about?: Readonly<Record<string, string>>;
  /** What the document rests on; it says so where its format has a place for that. */
  readonly caveats?: readonly Caveat[];
}
