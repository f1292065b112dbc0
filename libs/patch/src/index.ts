export { type LeftOut } from './mend-text.js';
export { DEFAULT_PATCH_LIMITS, makePatch, type Patch } from './make-patch.js';
