import { DEFAULT_MANIFEST_LIMITS, type ManifestLimits } from '@portolan/manifests';
import type { Config } from '../config/config.js';

/** What reading one upload may cost. */
export function manifestLimits({ maxUnpackedBytes }: Config): ManifestLimits {
  return { ...DEFAULT_MANIFEST_LIMITS, maxUnpackedBytes };
}
