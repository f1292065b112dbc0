export { readExceptions } from './exceptions/read-exceptions.js';
export { isDate, type ReviewException } from './exceptions/review-exception.js';
export { type ExceptionFault } from './exceptions/strict-fields.js';
export { type ExceptionLedger } from './exceptions/exception-ledger.js';
export { DEFAULT_FAIL_ON, findGate, type GateName, GATES } from './gates.js';
export { reviewChange } from './review-change.js';
export { type GateChoice } from './review-input.js';
export { type ReviewState } from './review-state.js';
