export { type AllowedAccessRow } from './access/allowed-access-row.js';
export { type DocumentHead } from './access/json.js';
export {
  ACCESS_FORMATS,
  type AccessFormat,
  writeAllowedAccess,
} from './access/write-allowed-access.js';
export { snapshotCaveats, type SnapshotReading } from './caveats/snapshot-caveats.js';
