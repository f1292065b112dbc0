export { DEFAULT_MANIFEST_LIMITS, type ManifestLimits } from './limits.js';
export { type ManifestFile, type ManifestSource } from './manifest-source.js';
export { readManifests } from './read-manifests.js';
export { readAddress, readNetwork } from './validate/addresses.js';
export {
  faultInLabelKey,
  faultInLabelName,
  faultInLabelValue,
  faultInPortName,
} from './validate/names.js';
