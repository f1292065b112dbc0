import {
  type ContainerPort,
  type Direction,
  type PolicyNote,
  type PolicyPort,
  type PolicyRecord,
  type PolicyRule,
  type Protocol,
  rulesOf,
} from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { FindingRule } from '../../finding-rule.js';
import { portText } from '../../policy-manifest.js';

type Omission = Extract<PolicyNote, { code: 'PROTOCOL_OMITTED' }>;

/**
 * An entry of `ports` without a protocol is TCP alone. Good to know, and more than that where the pods that it is about listen
 * on the same port with another protocol, which nothing lets pass.
 */
export const PROTOCOL_OMITTED: FindingRule = {
  id: 'NP306',
  name: 'protocol-omitted',
  category: 'PORT',
  severity: 'INFO',
  description: 'An entry of ports has no protocol.',
  remediation: 'State the protocol; for two of them write two entries.',
  needsCompleteSnapshot: false,
  find(context, report) {
    for (const [index, notes] of context.notes)
      for (const note of notes) {
        if (note.code !== 'PROTOCOL_OMITTED') continue;
        const policy = context.view.policy(index);
        // Rules of a direction that is not governed are NP107's.
        if (!policy.spec.directions.includes(note.direction)) continue;
        const rule = rulesOf(policy.spec, note.direction)[note.rule];
        const port = rule?.ports?.[note.port];
        if (rule === undefined || port === undefined) continue;
        const missing = missingProtocol(context, policy, note, rule, port);
        const { direction, rule: at, port: portAt } = note;
        report({
          object: { kind: 'POLICY', index },
          place: { direction, rule: at, peer: null, port: portAt },
          ...(missing === null
            ? {
                key: '',
                message: 'No protocol is given, which means TCP only.',
                fix: {
                  text: 'State the protocol; for two of them write two entries.',
                  yaml: 'protocol: TCP',
                  edits: [
                    {
                      op: 'set',
                      path: ['spec', direction.toLowerCase(), at, 'ports', portAt, 'protocol'],
                      value: 'TCP',
                    },
                  ],
                },
              }
            : {
                key: `${direction} ${portText(port)} ${missing}`,
                severity: 'MEDIUM',
                confidence: 'LIKELY',
                message: `No protocol is given, which means ${portText(port)} only; the pods listen on ${missing} as well, and nothing lets that pass.`,
                fix: {
                  text: `If ${missing} is meant, too, add an entry with protocol: ${missing}.`,
                  yaml: null,
                  edits: [],
                },
              }),
        });
      }
  },
};

/** Another protocol that a destination of the rule declares for the port, and that no policy lets pass; null = none. */
function missingProtocol(
  { analysis, podPorts, selections }: FindingContext,
  { spec, namespace }: PolicyRecord,
  { direction }: Omission,
  rule: PolicyRule,
  port: PolicyPort,
): Protocol | null {
  if (port.port === null) return null;
  const subjects = selections.selected(spec.subject, namespace);
  const destinations = direction === 'INGRESS' ? subjects : peersOf(selections, rule, namespace);
  for (const one of destinations)
    for (const declared of podPorts.declared(one).ports) {
      if (declared.protocol === 'TCP' || !isPort(port, declared)) continue;
      const judged = direction === 'INGRESS' ? [one] : subjects;
      if (judged.some((subject) => !admitsAny(analysis, direction, subject, declared)))
        return declared.protocol;
    }
  return null;
}

function peersOf(
  selections: FindingContext['selections'],
  { peers }: PolicyRule,
  namespace: number,
): number[] {
  return (peers ?? []).flatMap((peer) =>
    peer.kind === 'pods' ? [...selections.selected(peer, namespace)] : [],
  );
}

function isPort({ port, endPort }: PolicyPort, declared: ContainerPort): boolean {
  if (typeof port !== 'number') return port === declared.name;
  return declared.port >= port && declared.port <= (endPort ?? port);
}

/** Whether some rule in force for a class lets a port pass, to or from whomever. */
function admitsAny(
  analysis: FindingContext['analysis'],
  direction: Direction,
  subject: number,
  { protocol, port }: ContainerPort,
): boolean {
  const row = analysis.rowOf(direction, subject);
  if (row < 0) return true;
  const { entryTraffic } = analysis.index.compiled;
  let isAdmitted = false;
  analysis.eachEntry(direction, row, (entry) => {
    isAdmitted ||= analysis.traffic
      .get(entryTraffic[entry]!)
      .some((range) => range.protocol === protocol && range.from <= port && port <= range.to);
  });
  return isAdmitted;
}
