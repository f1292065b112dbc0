import type { IpAddress } from './address.js';
import type { ColumnBlock } from './column-block.js';
import type { ContainerPort } from './records.js';
import { ADDRESS_WORDS, type SegmentColumn } from './segment.js';
import type { Labels } from './selector.js';
import { PROTOCOLS } from './traffic.js';

/** The columns of a segment, opened. */
export type Segment = ColumnBlock<SegmentColumn>;

/** Labels of a label set of a segment. No valid key is the name of a property that every object has. */
export function labelsAt({ columns, strings }: Segment, labelSet: number): Labels {
  const labels: Record<string, string> = {};
  if (labelSet < 0) return labels;
  for (let i = columns.labelSetOffsets[labelSet]!; i < columns.labelSetOffsets[labelSet + 1]!; i++)
    labels[strings.at(columns.labelKeys[i]!)] = strings.at(columns.labelValues[i]!);
  return labels;
}

/** Container ports of a port table of a segment. */
export function portsAt({ columns, strings }: Segment, table: number): ContainerPort[] {
  const ports: ContainerPort[] = [];
  if (table < 0) return ports;
  for (let i = columns.portTableOffsets[table]!; i < columns.portTableOffsets[table + 1]!; i++) {
    const name = columns.portNames[i]!;
    ports.push({
      name: name < 0 ? null : strings.at(name),
      port: columns.portNumbers[i]!,
      protocol: PROTOCOLS[columns.portProtocols[i]!]!,
    });
  }
  return ports;
}

/** Addresses of an owner: a pod, or a node. */
export function addressesAt(words: Int32Array, offsets: Int32Array, owner: number): IpAddress[] {
  const addresses: IpAddress[] = [];
  for (
    let at = offsets[owner]! * ADDRESS_WORDS;
    at < offsets[owner + 1]! * ADDRESS_WORDS;
    at += ADDRESS_WORDS
  ) {
    const family = words[at] === 4 ? 4 : 6;
    addresses.push({
      family,
      words: Array.from(words.subarray(at + 1, at + (family === 4 ? 2 : 5)), (word) => word >>> 0),
    });
  }
  return addresses;
}
