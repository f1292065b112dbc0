export { DEFAULT_MANIFEST_LIMITS, type ManifestLimits } from './limits.js';
export { type ManifestLayer, type PruneScope } from './manifest-layer.js';
export { type ManifestFile, type ManifestSource } from './manifest-source.js';
export { readLayers, readManifests } from './read-manifests.js';
export { readAddress } from './validate/addresses.js';
export { readCidr } from './validate/read-cidr.js';
export {
  faultInLabelKey,
  faultInLabelName,
  faultInLabelValue,
  faultInPortName,
} from './validate/names.js';
export { readYamlFile } from './yaml-file.js';
