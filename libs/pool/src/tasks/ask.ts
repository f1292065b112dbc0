import {
  type AccessPage,
  type Asked,
  assertUnreachable,
  type ReachabilityAnswer,
} from '@portolan/model';
import {
  allowedAccess,
  type Analysis,
  canReach,
  reachableFrom,
  whoCanReach,
} from '@portolan/engine';
import type { PoolQuestion } from '../messages.js';

/** Asks the engine the question of that kind. */
export function ask(
  analysis: Analysis,
  question: PoolQuestion,
): Asked<AccessPage | ReachabilityAnswer> {
  switch (question.kind) {
    case 'whoCanReach':
      return whoCanReach(analysis, question);
    case 'reachableFrom':
      return reachableFrom(analysis, question);
    case 'canReach':
      return canReach(analysis, question);
    case 'allowedAccess':
      return allowedAccess(analysis, question);
    default:
      return assertUnreachable(question);
  }
}
