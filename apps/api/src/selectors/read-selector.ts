import { type LabelSelector, parseSelector } from '@portolan/model';
import { BadQuestionError } from '../errors/bad-question.error.js';

/**
 * Reads a label selector in kubectl syntax; left out = null = any.
 * @throws BadQuestionError INVALID with `argument` when the text is no selector.
 */
export function readSelector(
  text: string | null | undefined,
  argument: string,
): LabelSelector | null {
  if (text === null || text === undefined) return null;
  const parsed = parseSelector(text);
  if (parsed.ok) return parsed.selector;
  throw new BadQuestionError({
    code: 'INVALID',
    argument,
    message: `This is no label selector: ${parsed.message}`,
  });
}
