export { type LeftOut } from './mend-text.js';
export {
  DEFAULT_PATCH_LIMITS,
  makePatch,
  type Patch,
  type PatchedFile,
  type PatchLimits,
} from './make-patch.js';
