export { type ClusterAccess, openApiServer } from './kube-config.js';
export { DEFAULT_LISTING_LIMITS } from './listing-limits.js';
export { listCluster, type ListingPart } from './list-cluster.js';
export { LISTED_KINDS } from './listed-kinds.js';
export { ListingError } from './listing-error.js';
