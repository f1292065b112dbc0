import { ColumnBlockWriter, readColumnBlock } from './column-block.js';
import { POLICY_KINDS } from './policy.js';
import { OF_POLICIES } from './keep-policies.js';
import { SEGMENT_COLUMNS, type SegmentColumn } from './segment.js';
import { labelsAt, type Segment } from './segment-records.js';
import { compareText, type Labels } from './selector.js';
import { type SegmentBytes, SnapshotView } from './snapshot-view.js';

/** Behind the name of a policy that another one has. No name has a space, so the two stay neighbours in every order. */
const LAID = ' (laid)';

/** Columns of offsets: they have one element more than there are owners. */
const OFFSETS = ['labelSetOffsets', 'portTableOffsets', 'podIpOffsets', 'nodeIpOffsets'] as const;

/** What becomes of the policies that are there already. */
export type LaidPolicies = 'INSTEAD' | 'BESIDE';

interface RawPolicy {
  readonly name: string;
  readonly kind: number;
  readonly labels: Labels;
  readonly spec: string;
}

/**
 * The segments of a snapshot with policies of another one, those that `isLaid` (snapshot-wide indices there), instead of its own or
 * beside them. A policy comes into the namespace of its name, and one of a namespace that is not there is left out: it would
 * select nothing. Beside its own, a policy that is there already is not laid again, and one that differs from that of its name gets
 * another name, so that both count. All other objects stay. The hash of a segment that changes names what was laid, and is not that
 * of its bytes.
 */
export function layPolicies(
  segments: readonly SegmentBytes[],
  others: readonly SegmentBytes[],
  isLaid: (policy: number) => boolean,
  how: LaidPolicies,
): SegmentBytes[] {
  const [view, other] = [new SnapshotView(segments), new SnapshotView(others)];
  const lay = (segment: SegmentBytes, own: Segment): SegmentBytes => {
    const { policies, origin } = policiesOf(other, others, segment.namespace, isLaid);
    const existing = rawPolicies(own);
    if (policies.length === 0 && (how === 'BESIDE' || existing.length === 0)) return segment;
    const bytes = withPolicies(own, how === 'INSTEAD' ? policies : together(existing, policies));
    const hash = `${segment.hash} ${how === 'INSTEAD' ? 'with' : 'and'} policies ${origin}`;
    return { namespace: segment.namespace, hash, bytes };
  };
  const laid = segments.map((segment) =>
    lay(
      segment,
      segment.namespace === ''
        ? view.cluster!
        : view.segment(view.findNamespace(segment.namespace)),
    ),
  );
  if (view.cluster !== null) return laid;
  const cluster = lay({ namespace: '', hash: '', bytes: NO_OBJECTS }, open(NO_OBJECTS));
  return cluster.bytes === NO_OBJECTS ? laid : [...laid, cluster];
}

/** The policies of a namespace ('' = cluster-scoped) that are laid, and what names them. */
function policiesOf(
  view: SnapshotView,
  segments: readonly SegmentBytes[],
  namespace: string,
  isLaid: (policy: number) => boolean,
): { policies: RawPolicy[]; origin: string } {
  const nothing = { policies: [], origin: 'of none' };
  const index = namespace === '' ? view.namespaceCount : view.findNamespace(namespace);
  const segment = namespace === '' ? view.cluster : index < 0 ? null : view.segment(index);
  if (segment === null) return nothing;
  const first = view.firstPolicy(index);
  const kept = rawPolicies(segment).flatMap((policy, i) =>
    isLaid(first + i) ? [{ policy, i }] : [],
  );
  if (kept.length === 0) return nothing;
  const { hash } = segments.find((one) => one.namespace === namespace)!;
  return {
    policies: kept.map(({ policy }) => policy),
    origin: `${kept.map(({ i }) => i).join()} of ${hash}`,
  };
}

function rawPolicies(segment: Segment): RawPolicy[] {
  const { columns, strings } = segment;
  return Array.from(columns.policyNames, (name, i) => ({
    name: strings.at(name),
    kind: columns.policyKinds[i]!,
    labels: labelsAt(segment, columns.policyLabelSets[i]!),
    spec: strings.at(columns.policySpecs[i]!),
  }));
}

/** Both, in the order of a segment. */
function together(existing: readonly RawPolicy[], laid: readonly RawPolicy[]): RawPolicy[] {
  const keyOf = ({ kind, name }: RawPolicy): string => `${POLICY_KINDS[kind]} ${name}`;
  const known = new Map(existing.map((policy) => [keyOf(policy), policy.spec]));
  const added = laid.flatMap((policy) => {
    const spec = known.get(keyOf(policy));
    if (spec === policy.spec) return [];
    return [spec === undefined ? policy : { ...policy, name: policy.name + LAID }];
  });
  return [...existing, ...added].sort((a, b) => compareText(a.name, b.name) || a.kind - b.kind);
}

function withPolicies({ columns, strings }: Segment, policies: readonly RawPolicy[]): Uint8Array {
  const writer = new ColumnBlockWriter(SEGMENT_COLUMNS);
  // All strings in their places, so that the columns need not be read.
  for (let id = 0; id < strings.size; id++) writer.intern(strings.peek(id));
  for (const name of SEGMENT_COLUMNS)
    if (!OF_POLICIES.has(name)) for (const value of columns[name]) writer.push(name, value);
  for (const { name, kind, labels, spec } of policies) {
    writer.push('policyNames', writer.intern(name));
    writer.push('policyKinds', kind);
    writer.push('policyLabelSets', writer.length('labelSetOffsets') - 1);
    writer.push('policySpecs', writer.intern(spec));
    for (const [key, value] of Object.entries(labels)) {
      writer.push('labelKeys', writer.intern(key));
      writer.push('labelValues', writer.intern(value));
    }
    writer.push('labelSetOffsets', writer.length('labelKeys'));
  }
  return writer.finish();
}

function open(bytes: Uint8Array): Segment {
  return readColumnBlock<SegmentColumn>(SEGMENT_COLUMNS, bytes);
}

/** A segment without objects. */
const NO_OBJECTS = emptySegment();

function emptySegment(): Uint8Array {
  const writer = new ColumnBlockWriter<SegmentColumn>(SEGMENT_COLUMNS);
  for (const column of OFFSETS) writer.push(column, 0);
  return writer.finish();
}
