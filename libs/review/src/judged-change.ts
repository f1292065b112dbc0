import type { AccessChange } from '@portolan/model';
import type { Cause, ExceptionShare } from '@portolan/report';
import type { OpenedAccess } from './access-facts.js';
import type { Judgement } from './severity.js';

/** A change of access between two ends, with all that is said of it. */
export interface JudgedChange {
  readonly change: AccessChange;
  readonly judgement: Judgement;
  readonly causes: readonly Cause[];
  readonly exceptions: readonly ExceptionShare[];
  /** What it opens and no exception covers. */
  readonly left: readonly OpenedAccess[];
}
