import type { Analysis } from '@portolan/engine';
import { type Place } from '@portolan/report';
import {
  type Problem,
  type SnapshotContent,
  type SourceLocation,
  SourceView,
} from '@portolan/model';
import type { ExceptionLedger } from './exceptions/exception-ledger.js';
import type { GateName } from './gates.js';

/** One of the two states, read and indexed. */
export interface ReviewState {
  readonly name: string;
  readonly content: SnapshotContent;
  readonly analysis: Analysis;
}

/** Which gates count, and which only warn. */
export interface GateChoice {
  readonly failOn: readonly GateName[];
  readonly warnOn: readonly GateName[];
}

/** What a review is about. */
export interface ReviewInput {
  readonly cluster: string;
  readonly path: string;
  readonly base: ReviewState;
  readonly head: ReviewState;
  /** Whether the states hold everything of their cluster. */
  readonly isWholeCluster: boolean;
  readonly gates: GateChoice;
  readonly exceptions: ExceptionLedger;
  /** `2026-03-01`: exceptions that expired before are of no use. */
  readonly today: string;
  /** Paths of the head whose bytes differ from those in the base; null when that is not known. */
  readonly changedPaths: ReadonlySet<string> | null;
  /** What else the reader has to know: input beside the manifests that could not be used. */
  readonly notes: readonly Problem[];
}

/** A state, with the places of its objects. */
export class Side {
  readonly analysis: Analysis;
  readonly sources: SourceView;

  constructor(
    readonly side: Place['side'],
    readonly state: ReviewState,
  ) {
    const { content, analysis } = state;
    this.analysis = analysis;
    this.sources = new SourceView(
      analysis.view,
      content.parts.map(({ namespace, sources }) => ({ namespace, bytes: sources.bytes })),
    );
  }

  /** A place of this side; null stays null. */
  place(location: SourceLocation | null): Place | null {
    if (location === null) return null;
    const { path, startLine, endLine } = location;
    return { side: this.side, path, startLine, endLine };
  }
}
