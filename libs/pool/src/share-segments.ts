import type { SegmentBytes } from '@portolan/model';

/** Column blocks are read in place as 32-bit integers; 8 leaves room for wider columns. */
const ALIGNMENT = 8;

/** The same segments in shared memory: those that are not there yet are copied into one block. */
export function shareSegments(segments: readonly SegmentBytes[]): readonly SegmentBytes[] {
  const isShared = ({ bytes }: SegmentBytes): boolean => bytes.buffer instanceof SharedArrayBuffer;
  if (segments.every(isShared)) return segments;
  const block = new SharedArrayBuffer(
    segments.reduce((total, { bytes }) => total + aligned(bytes), 0),
  );
  let offset = 0;
  return segments.map((segment) => {
    const bytes = new Uint8Array(block, offset, segment.bytes.byteLength);
    bytes.set(segment.bytes);
    offset += aligned(segment.bytes);
    return { ...segment, bytes };
  });
}

function aligned({ byteLength }: Uint8Array): number {
  return Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
}
