import type { Direction } from '@portolan/model';
import { groupOf } from './sets/grouped.js';
import { type DirectionColumns, NO_CHAIN, type SnapshotIndex } from './snapshot-index.js';

export function columnsOf(index: SnapshotIndex, direction: Direction): DirectionColumns {
  return direction === 'INGRESS' ? index.ingress : index.egress;
}

/** Whether a row has admin or baseline policies: their order decides, they do not just add up. */
export function isTieredRow({ adminOfRow, baselineOfRow }: DirectionColumns, row: number): boolean {
  return adminOfRow[row] !== NO_CHAIN || baselineOfRow[row] !== NO_CHAIN;
}

/** The compiled policies of a row, tier by tier. */
export function compiledOfRow(columns: DirectionColumns, row: number): Int32Array {
  const { rows, chains, adminOfRow, baselineOfRow } = columns;
  if (!isTieredRow(columns, row)) return groupOf(rows, row);
  return Int32Array.from([
    ...groupOf(chains, adminOfRow[row]!),
    ...groupOf(rows, row),
    ...groupOf(chains, baselineOfRow[row]!),
  ]);
}
