import type { Analysis } from '@portolan/engine';
import { type SourceLocation, SourceView } from '@portolan/model';
import type { Place } from '@portolan/report';
import type { ReviewState } from './review-state.js';

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
      content.parts.map(({ namespace, sources }) => ({ namespace, ...sources })),
    );
  }

  /** A place of this side; null stays null. */
  place(location: SourceLocation | null): Place | null {
    if (location === null) return null;
    const { path, startLine, endLine } = location;
    return { side: this.side, path, startLine, endLine };
  }
}
