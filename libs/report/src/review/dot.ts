import { dotComment, dotText } from '../text/dot-text.js';
import { openingRows, rowTraffic } from './report-text.js';
import type { AccessRow, ReviewReport, RowEnd } from './review-report.js';

const STYLES = {
  OPENED: 'color="#b00020", fontcolor="#b00020"',
  ALTERED: 'color="#b36b00", fontcolor="#b36b00"',
  CLOSED: 'color="#707070", fontcolor="#707070", style=dashed',
} as const;

/** A Graphviz graph: a node for each end, an edge for each row; what was closed is dashed. */
export function writeReviewDot(report: ReviewReport): string {
  const nodes = new Map<string, string>();
  const lines: string[] = report.caveats.map(({ code, message }) =>
    dotComment(`${code}: ${message}`),
  );
  lines.push('digraph "change of access" {\n  rankdir=LR;\n  node [shape=box];\n');
  for (const row of [...openingRows(report), ...report.closed])
    lines.push(...edgeLines(row, nodes));
  return `${lines.join('')}}\n`;
}

function edgeLines(row: AccessRow, nodes: Map<string, string>): string[] {
  const lines: string[] = [];
  const ends = [row.source, row.destination].map((end) => {
    const key = JSON.stringify(end.members);
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const node = `n${nodes.size + 1}`;
    nodes.set(key, node);
    lines.push(`  ${node} [label=${dotText(end.text)}${shapeOf(end)}];\n`);
    return node;
  });
  const label = `${rowTraffic(row)}\n${row.severity}`;
  lines.push(`  ${ends.join(' -> ')} [label=${dotText(label)}, ${STYLES[row.kind]}];\n`);
  return lines;
}

function shapeOf({ kind }: RowEnd): string {
  return kind === 'external' ? ', shape=ellipse' : '';
}
