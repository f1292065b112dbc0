export { type CheckInput, checkSnapshot } from './check/check-snapshot.js';
export { openFixes } from './check/open-fixes.js';
export { fingerprintsOf, readBaseline, writeBaseline } from './check/baseline.js';
export { compareFindings } from './check/compare-findings.js';
export { findInState } from './check/find-in-state.js';
export { byGravity } from './check/finding-rows.js';
export { type OmittedFindings, sumOf, truncation } from './check/findings-report.js';
export { isWhole, judgeAgain } from './check/judge-again.js';
export { locateFinding, locateObject } from './check/locate-finding.js';
export { narrowFinding } from './check/narrow-finding.js';
export { type SettingsLedger } from './check/review-settings.js';
export { reportFound } from './check/report-found.js';
export {
  type CheckConfig,
  MAX_CONFIG_LENGTH,
  NO_CONFIG,
  readConfig,
  type RuleSetting,
} from './check/read-config.js';
export { faultProblem } from './exceptions/fault-problem.js';
export { readExceptions } from './exceptions/read-exceptions.js';
export { isDate, type ReviewException } from './exceptions/review-exception.js';
export { type ExceptionFault } from './exceptions/strict-fields.js';
export { type ExceptionLedger } from './exceptions/exception-ledger.js';
export { type InvariantLedger, NO_INVARIANTS } from './invariants/cluster-invariant.js';
export { readInvariants } from './invariants/read-invariants.js';
export { DEFAULT_FAIL_ON, findGate, type GateName, GATES } from './gates.js';
export { reviewChange } from './review-change.js';
export { type GateChoice, type ReviewedCluster } from './review-input.js';
export { type ReviewState } from './review-state.js';
