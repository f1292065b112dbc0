import { formatTraffic } from '@portolan/model';
import type { AccessRow, Cause, Place, ReviewedFinding, ReviewReport } from './review-report.js';

/** `deploy/shop/web.yaml:12`. */
export function placeText({ path, startLine }: Pick<Place, 'path' | 'startLine'>): string {
  return `${path}:${startLine}`;
}

/** `NetworkPolicy shop/web spec.ingress[0].from[1]`. */
export function causeText({ object, change, rule, fields }: Cause): string {
  if (rule !== null) return `${object} ${rule}`;
  if (change !== 'CHANGED') return `${object} ${change.toLowerCase()}`;
  return fields.length === 0 ? object : `${object} (${fields.join(', ')})`;
}

/** What a row opened, what it closed: `TCP 80`, `+TCP 80 −TCP 81` for one that did both. */
export function rowTraffic({ kind, opened, closed }: AccessRow): string {
  switch (kind) {
    case 'OPENED':
      return formatTraffic(opened);
    case 'CLOSED':
      return formatTraffic(closed);
    case 'ALTERED':
      return `+${formatTraffic(opened)} −${formatTraffic(closed)}`;
  }
}

/** `shop/web (Deployment) → shop/db (StatefulSet)`. */
export function endsText({ source, destination }: AccessRow): string {
  return `${source.text} → ${destination.text}`;
}

/** Rows that open something, gravest first. */
export function openingRows({ opened, altered }: ReviewReport): readonly AccessRow[] {
  return [...opened, ...altered];
}

/** `accepted by partner-sftp`; empty for a finding that simply counts. */
export function reviewedStatus({ status, why }: ReviewedFinding): string {
  switch (status) {
    case 'OPEN':
      return '';
    case 'ACCEPTED':
      return `accepted by ${why ?? ''}`;
    case 'PROPOSED':
      return `to be ignored, and counts until then: ${why ?? ''}`;
  }
}

/** What the gates made of it: `Failed: new-internet-ingress (2), …`. */
export function verdictText({ verdict, gates }: ReviewReport): string {
  const named = (status: 'FAILED' | 'WARNED'): string =>
    gates
      .filter((gate) => gate.status === status)
      .map(({ gate, violations }) => `${gate} (${violations.length})`)
      .join(', ');
  switch (verdict) {
    case 'FAILED': {
      const warned = named('WARNED');
      return `Failed: ${named('FAILED')}${warned === '' ? '' : `; warnings: ${warned}`}`;
    }
    case 'WARNED':
      return `Passed with warnings: ${named('WARNED')}`;
    case 'PASSED':
      return gates.length === 0 ? 'Passed: no gate was asked' : 'Passed';
  }
}
