export { ALL_RULES } from './all-rules.js';
export { findingDocsUrl } from './docs-url.js';
export { findAll } from './find-all.js';
export { fingerprintOf } from './fingerprint.js';
export { objectName } from './object-name.js';
export { expiredSuppressions, suppressionOf } from './suppression.js';
