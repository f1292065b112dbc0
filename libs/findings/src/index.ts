export { ALL_RULES } from './all-rules.js';
export { findingDocsUrl } from './docs-url.js';
export { findAll } from './find-all.js';
export { type FindingInput } from './finding-context.js';
export { findFixes } from './find-fixes.js';
export { fingerprintOf } from './fingerprint.js';
export { MENDED_RULES } from './mended-rules.js';
export { objectName } from './object-name.js';
export { expiredSuppressions, suppressionOf } from './suppression.js';
