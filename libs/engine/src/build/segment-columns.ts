import { SEGMENT_COLUMNS, type SegmentColumn } from '@portolan/model';

/** The place of each column among those of a segment. */
export const COLUMN = Object.fromEntries(SEGMENT_COLUMNS.map((name, i) => [name, i])) as Record<
  SegmentColumn,
  number
>;
