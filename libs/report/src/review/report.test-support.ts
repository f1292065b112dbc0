import type {
  AccessRow,
  Cause,
  Place,
  ReviewedInvariant,
  ReviewReport,
  RowEnd,
} from './review-report.js';

/** A place in the head. */
export function place(path: string, line: number): Place {
  return { side: 'HEAD', path, startLine: line, endLine: line };
}

/** One workload. */
export function workload(name: string): RowEnd {
  return { kind: 'workload', text: name, members: [name] };
}

/** A rule that opened something. */
export const RULE: Cause = {
  change: 'CHANGED',
  object: 'NetworkPolicy shop/db',
  fields: ['spec.ingress[0]'],
  rule: 'spec.ingress[0].from[1]',
  place: place('deploy/shop/db.yaml', 11),
};

/** A row that opens PostgreSQL from another namespace, but for what is given. */
export function row(fields: Partial<AccessRow> = {}): AccessRow {
  return {
    fingerprint: 'f1',
    kind: 'OPENED',
    source: workload('lab/tool (Deployment)'),
    destination: workload('shop/db (StatefulSet)'),
    pairs: 1,
    opened: [{ protocol: 'TCP', from: 5432, to: 5432 }],
    closed: [],
    severity: 'HIGH',
    reasons: [
      { code: 'cross-namespace', text: 'leads to another namespace' },
      { code: 'sensitive-port', text: 'sensitive ports: 5432 (PostgreSQL)' },
    ],
    causes: [RULE],
    exceptions: [],
    ...fields,
  };
}

/** An invariant that the change broke, but for what is given. */
function invariant(fields: Partial<ReviewedInvariant> = {}): ReviewedInvariant {
  return {
    fingerprint: 'i1',
    name: 'db-only-from-api',
    description: 'PCI',
    severity: 'HIGH',
    kind: 'ONLY_REACHABLE_FROM',
    assertion: 'shop/db is only reachable from shop/api: TCP 5432',
    standing: 'IN_FORCE',
    status: 'BROKEN',
    previousStatus: 'HOLDS',
    isNewlyBroken: true,
    acceptedBy: null,
    counterexamples: [
      {
        kind: 'ALLOWED',
        from: 'lab/tool (Deployment)',
        to: 'shop/db (StatefulSet)',
        traffic: [{ protocol: 'TCP', from: 5432, to: 5432 }],
        directions: [],
        causes: [RULE],
      },
    ],
    counterexampleCount: 1,
    isCountComplete: true,
    unmatched: [],
    place: { side: 'BASE', path: '.portolan/invariants.yaml', startLine: 3, endLine: 3 },
    ...fields,
  };
}

/** A review with one row that fails no gate, but for what is given. */
export function report(fields: Partial<ReviewReport> = {}): ReviewReport {
  return {
    engineVersion: '2',
    cluster: 'prod',
    path: 'deploy',
    base: { name: 'deploy', digest: 'a'.repeat(64) },
    head: { name: 'deploy', digest: 'b'.repeat(64) },
    verdict: 'PASSED',
    summary: '1 opened.',
    opened: [row()],
    altered: [],
    closed: [],
    newlyUnprotected: [],
    newFindings: [],
    fixedFindings: 0,
    invariants: [],
    gates: [{ gate: 'new-internet-ingress', status: 'HELD', violations: [] }],
    exceptions: [],
    caveats: [{ code: 'ENFORCEMENT_UNKNOWN', message: 'Nobody knows.' }],
    skipped: [],
    skippedOmitted: 0,
    ...fields,
  };
}

/** Text that is something else in most formats. */
export const HOSTILE = `=x|y\n<b>&"'\`]]>*_[l](u)@me #1 -- \u0007\u001b[31m`;

/** A review of which every text is hostile. */
export function hostileReport(): ReviewReport {
  const end = { kind: 'workload', text: HOSTILE, members: [HOSTILE] } as const;
  const cause: Cause = {
    ...RULE,
    object: HOSTILE,
    rule: HOSTILE,
    place: place(`a b/${HOSTILE}`, 3),
  };
  const rows = [row({ source: end, destination: end, causes: [cause] })];
  const violation = { text: HOSTILE, place: place(HOSTILE, 1) };
  return report({
    cluster: HOSTILE,
    path: HOSTILE,
    verdict: 'FAILED',
    summary: HOSTILE,
    opened: rows,
    invariants: [
      invariant({
        name: HOSTILE,
        description: HOSTILE,
        assertion: HOSTILE,
        acceptedBy: HOSTILE,
        unmatched: [HOSTILE],
        counterexamples: [
          {
            kind: 'UNKNOWN',
            from: HOSTILE,
            to: HOSTILE,
            traffic: [],
            directions: [],
            causes: [cause],
          },
        ],
      }),
    ],
    gates: [{ gate: 'any-change', status: 'FAILED', violations: [violation] }],
    exceptions: [
      {
        id: HOSTILE,
        status: 'PROPOSED',
        reason: HOSTILE,
        expires: HOSTILE,
        place: place('x.yaml', 1),
        pairs: 0,
      },
    ],
    skipped: [
      { code: 'SYNTAX', place: place(HOSTILE, 1), object: HOSTILE, message: HOSTILE, isNew: true },
    ],
  });
}
