import type { SideText } from '@portolan/pool';
import { isGiven } from '../schema/is-given.js';
import type { ExceptedEndInput, InlineExceptionInput } from './exception.input.js';

/** Exceptions of a request as a file of the base has them: there is one place that says what they mean. */
export function readInlineExceptions(exceptions: readonly InlineExceptionInput[]): SideText {
  const file = {
    apiVersion: 'portolan/v1',
    exceptions: exceptions.map(({ id, access: { from, to, traffic }, reason, expires }) => ({
      id,
      match: { access: given({ from: endOf(from), to: endOf(to), traffic: given(traffic) }) },
      reason,
      expires,
    })),
  };
  return { side: 'BASE', path: 'exceptions', text: JSON.stringify(file, null, 1) };
}

function endOf({ workload, ...end }: ExceptedEndInput): object | undefined {
  return given({ ...end, workload: given(workload) });
}

/** Without what is null: a field that a file does not need is left out. */
function given(fields: object | null | undefined): object | undefined {
  if (!isGiven(fields)) return undefined;
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => isGiven(value as unknown)),
  );
}
