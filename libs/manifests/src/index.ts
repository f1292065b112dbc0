export { SharedReading } from './documents/shared-reading.js';
export { DEFAULT_MANIFEST_LIMITS, type ManifestLimits } from './limits.js';
export {
  type LayerTally,
  type ManifestLayer,
  type ObjectName,
  type PruneScope,
} from './manifest-layer.js';
export { type ManifestFile, type ManifestSource } from './manifest-source.js';
export { readSourceFiles } from './sources/read-source-files.js';
export { readLayers, readManifests } from './read-manifests.js';
export { canLayOver, type StoredSnapshot } from './stored/stored-snapshot.js';
export { readAddress } from './validate/addresses.js';
export { readCidr } from './validate/read-cidr.js';
export {
  faultInLabelKey,
  faultInLabelName,
  faultInLabelValue,
  faultInPortName,
} from './validate/names.js';
export { readSelectorField } from './validate/selector-field.js';
export { readYamlFile } from './yaml-file.js';
