import { type Asked, assertUnreachable } from '@portolan/model';
import {
  allowedAccess,
  type Analysis,
  blastRadius,
  canReach,
  exposures,
  reachableFrom,
  routes,
  whoCanReach,
} from '@portolan/engine';
import type { PoolAnswer, PoolQuestion } from '../messages.js';

/** Asks the engine the question of that kind. */
export function ask(analysis: Analysis, question: PoolQuestion): Asked<PoolAnswer<PoolQuestion>> {
  switch (question.kind) {
    case 'whoCanReach':
      return whoCanReach(analysis, question);
    case 'reachableFrom':
      return reachableFrom(analysis, question);
    case 'canReach':
      return canReach(analysis, question);
    case 'allowedAccess':
      return allowedAccess(analysis, question);
    case 'exposures':
      return exposures(analysis, question);
    case 'blastRadius':
      return blastRadius(analysis, question);
    case 'routes':
      return routes(analysis, question);
    default:
      return assertUnreachable(question);
  }
}
