import type { AssertionKind, LabelSelector } from '@portolan/model';
import type { SideText } from '@portolan/pool';
import { isGiven } from '../../schema/is-given.js';
import { readSelector } from '../../selectors/read-selector.js';
import type { CreateChangeReviewInput } from '../create-change-review.input.js';
import type {
  InlineInvariantInput,
  InvariantEndInput,
  InvariantTrafficInput,
} from './invariant.input.js';

/**
 * Invariants of a request as files have them: there is one place that says what they mean. Those that are sent inline hold for
 * both states.
 * @throws BadQuestionError INVALID for what is no label selector.
 */
export function readInvariantTexts({
  invariants,
  invariantsFile,
}: CreateChangeReviewInput): SideText[] {
  const { path = '', base, head } = invariantsFile ?? {};
  const inline = isGiven(invariants) && invariants.length > 0 ? inlineTexts(invariants) : [];
  return [
    ...inline,
    ...(isGiven(base) ? [{ side: 'BASE', path, text: base } as const] : []),
    ...(isGiven(head) ? [{ side: 'HEAD', path, text: head } as const] : []),
  ];
}

function inlineTexts(invariants: readonly InlineInvariantInput[]): SideText[] {
  const file = { apiVersion: 'portolan/v1', invariants: invariants.map(fileOf) };
  const text = JSON.stringify(file, null, 1);
  return (['BASE', 'HEAD'] as const).map((side) => ({ side, path: 'invariants', text }));
}

function fileOf({ name, description, severity, kind, ...sides }: InlineInvariantInput): object {
  return given({
    name,
    description: description === '' ? null : description,
    severity,
    assert: wordOf(kind),
    from: isGiven(sides.from) ? sides.from.map(endOf) : null,
    to: sides.to.map(endOf),
    traffic: isGiven(sides.traffic) ? trafficOf(sides.traffic) : null,
  });
}

/** `MUST_REACH` is `mustReach` in a file. */
function wordOf(kind: AssertionKind): string {
  return kind.toLowerCase().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function endOf({ selector, workload, ...end }: InvariantEndInput): object {
  if (!isGiven(selector))
    return given({ ...end, workload: isGiven(workload) ? given(workload) : null });
  const pods = readSelector(selector.pods, 'selector.pods');
  const namespaces = readSelector(selector.namespaces, 'selector.namespaces');
  return given({
    podSelector: expressionsOf(pods ?? []),
    namespaceSelector: namespaces === null ? null : expressionsOf(namespaces),
  });
}

function expressionsOf(selector: LabelSelector): object {
  return {
    matchExpressions: selector.map(({ key, operator, values }) => ({
      key,
      operator,
      ...(values.length === 0 ? {} : { values }),
    })),
  };
}

/** A name stands where a number would: of both, the file says what is wrong. */
function trafficOf({ protocol, port, endPort, portName }: InvariantTrafficInput): object {
  return given({ protocol, port: portName ?? port, endPort });
}

/** Without what is null: a field that a file does not need is left out. */
function given(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => isGiven(value as unknown)),
  );
}
