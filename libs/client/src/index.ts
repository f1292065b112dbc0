export { askGraphQL } from './ask-query.js';
export { awaitJob, cancelJob } from './await-job.js';
export { ClientError, GraphqlError } from './client-error.js';
export { type PackedFile, packFiles } from './pack-files.js';
export { PortolanClient } from './portolan-client.js';
export { type AccessOptions, requestAccess } from './request-access.js';
export { type FindingsOptions, requestFindings } from './request-findings.js';
export {
  type FileOfBoth,
  type GitContext,
  type OverlayRef,
  requestReview,
  type ReviewAnswer,
  type ReviewOptions,
} from './request-review.js';
export { isPrivate, isToken, readServerAddress } from './server-address.js';
export { findSnapshot, type StoredSnapshot } from './stored-snapshot.js';
export { uploadSnapshot } from './upload-snapshot.js';
