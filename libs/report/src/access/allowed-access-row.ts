import type { AllowedAccess } from '@portolan/model';

/** One row of a list of allowed access. */
export type AllowedAccessRow = Pick<AllowedAccess, 'source' | 'destination' | 'traffic'>;
