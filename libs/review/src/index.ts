export { checkSnapshot } from './check/check-snapshot.js';
export { fingerprintsOf, readBaseline, writeBaseline } from './check/baseline.js';
export { MAX_CONFIG_LENGTH, readConfig, type RuleSetting } from './check/read-config.js';
export { faultProblem } from './exceptions/fault-problem.js';
export { readExceptions } from './exceptions/read-exceptions.js';
export { isDate, type ReviewException } from './exceptions/review-exception.js';
export { type ExceptionFault } from './exceptions/strict-fields.js';
export { type ExceptionLedger } from './exceptions/exception-ledger.js';
export {
  type ClusterInvariant,
  type InvariantLedger,
  NO_INVARIANTS,
} from './invariants/cluster-invariant.js';
export { MAX_INVARIANTS_LENGTH, readInvariants } from './invariants/read-invariants.js';
export { DEFAULT_FAIL_ON, findGate, type GateName, GATES } from './gates.js';
export { reviewChange } from './review-change.js';
export { type GateChoice, type ReviewedCluster } from './review-input.js';
export { type ReviewState } from './review-state.js';
