import { ALL_RULES } from '@portolan/findings';
import { SEVERITIES, type Severity } from '@portolan/model';
import { FINDINGS_FORMATS, type FindingsFormat } from '@portolan/report';
import { isDate, type RuleSetting } from '@portolan/review';
import { BadQuestionError } from '../errors/bad-question.error.js';

/** What a report is to be like. */
export interface WantedReport {
  readonly format: FindingsFormat;
  readonly minSeverity: Severity;
  /** Null = nothing fails. */
  readonly failOn: Severity | null;
  readonly settings: readonly (readonly [rule: string, RuleSetting])[];
  /** Null = today. */
  readonly today: string | null;
}

const KNOWN = new Set(['format', 'minSeverity', 'failOn', 'rule', 'today']);

/**
 * Reads the parameters of a report; what is left out is as in `portolan check`. One that is not known may be a typing error.
 * @throws BadQuestionError INVALID that names the parameter.
 */
export function readFindingsQuery(
  query: URLSearchParams,
  acceptedFormat: FindingsFormat,
): WantedReport {
  for (const name of query.keys()) {
    if (!KNOWN.has(name))
      throw wrong(name, `There is no parameter ${name}; known are ${[...KNOWN].join(', ')}`);
    if (name !== 'rule' && query.getAll(name).length > 1)
      throw wrong(name, `${name} is given twice`);
  }
  const failOn = readWord(query, 'failOn', [...SEVERITIES, 'none']) ?? 'HIGH';
  const today = query.get('today');
  if (today !== null && !isDate(today)) throw wrong('today', 'today is a day, such as 2026-03-01');
  return {
    format: readWord(query, 'format', FINDINGS_FORMATS) ?? acceptedFormat,
    minSeverity: readWord(query, 'minSeverity', SEVERITIES) ?? 'INFO',
    failOn: failOn === 'none' ? null : failOn,
    settings: query.getAll('rule').map(readSetting),
    today,
  };
}

/** Upper and lower case alike. */
function readWord<Word extends string>(
  query: URLSearchParams,
  name: string,
  words: readonly Word[],
): Word | null {
  const given = query.get(name);
  if (given === null) return null;
  const found = words.find((word) => word.toLowerCase() === given.toLowerCase());
  if (found !== undefined) return found;
  throw wrong(name, `${name} must be one of ${words.join(', ')}`);
}

/** `NP306=off`, `NP308=INFO`. */
function readSetting(given: string): readonly [rule: string, RuleSetting] {
  const [id = '', value = ''] = given.split('=');
  if (!ALL_RULES.some((rule) => rule.id === id)) throw wrong('rule', `There is no rule ${id}`);
  const setting = (['off', ...SEVERITIES] as const).find(
    (word) => word.toLowerCase() === value.toLowerCase(),
  );
  if (setting !== undefined) return [id, setting];
  throw wrong('rule', `rule must be ${id}= and one of off, ${SEVERITIES.join(', ')}`);
}

function wrong(argument: string, message: string): BadQuestionError {
  return new BadQuestionError({ code: 'INVALID', argument, message });
}
