import type { SourceLocation } from '@portolan/model';

/** Where an object is declared of which no place is kept. */
export const UNPLACED: SourceLocation = { path: '', documentIndex: 0, startLine: 1, endLine: 1 };
