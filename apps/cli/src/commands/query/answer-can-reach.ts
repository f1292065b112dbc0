import { canReach, displayName, explanationText } from '@portolan/engine';
import type { TrafficQuery } from '@portolan/model';
import { plainText } from '@portolan/report';
import { InputError } from '../../command-error.js';
import type { Analysed } from '../../input/analyse.js';
import { readingCaveats } from '../../input/reading-caveats.js';
import type { CommandLine } from '../../options/parse-command.js';
import { type Answer, caveatLines } from './answer.js';
import { ruleLocator } from './locate-rules.js';
import { readEndpoint } from './read-endpoint.js';

/** Whether a connection passes. */
export interface ConnectionQuery {
  readonly from: string;
  readonly to: string;
  readonly traffic: TrafficQuery;
}

/** The verdict about a connection, and why. @throws UsageError, InputError */
export function answerCanReach(
  line: CommandLine,
  input: Analysed,
  { from, to, traffic }: ConnectionQuery,
): Answer {
  const { view } = input.analysis;
  const asked = canReach(input.analysis, {
    from: readEndpoint(line, view, from),
    to: readEndpoint(line, view, to),
    traffic,
    isEnforced: true,
  });
  if (!asked.ok) throw new InputError(asked.problem.message);
  const { answer } = asked;
  const explanation = explanationText(input.analysis, answer, ruleLocator(input));
  const lines = explanation.replaceAll('**', '').split('\n').map(plainText);
  const { verdict, allowed, denied, unknown } = answer;
  const caveats = [...answer.caveats, ...readingCaveats(input)];
  return {
    text: `${[...lines, ...caveatLines(caveats)].join('\n')}\n`,
    data: {
      question: 'can-reach',
      from: displayName(answer.from),
      to: displayName(answer.to),
      verdict,
      allowed,
      denied,
      unknown,
      explanation,
      caveats,
    },
  };
}
