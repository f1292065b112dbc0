import { type Caveat, CAVEAT_CODES } from '@portolan/model';
import type { ExceptionResult, Place, ReviewedState } from '../review/review-report.js';
import { objectOf, oneOf, text, wholeNumber } from './json-shape.js';

/** What reports of reviews and of findings have alike. */
export const STATE = objectOf<ReviewedState>({ name: text, digest: text });

export const CAVEAT = objectOf<Caveat>({ code: oneOf(CAVEAT_CODES), message: text });

export const PLACE = objectOf<Place>({
  side: oneOf(['BASE', 'HEAD']),
  path: text,
  startLine: wholeNumber(1),
  endLine: wholeNumber(1),
});

export const EXCEPTION = objectOf<ExceptionResult>({
  id: text,
  status: oneOf(['USED', 'UNUSED', 'EXPIRED', 'PROPOSED']),
  reason: text,
  expires: text,
  place: PLACE,
  pairs: wholeNumber(0),
});
