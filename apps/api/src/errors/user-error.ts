import type { Problem } from '@portolan/model';
import { toSourceLocationModel } from '../locations/source-location.mapper.js';
import { newModel } from '../schema/new-model.js';
import type { UserErrorCode } from './user-error-code.enum.js';
import { InputErrorModel, ManifestErrorModel } from './user-error.model.js';

/** A mistake in the input of a mutation. Data, not an exception. */
export interface UserError {
  readonly code: UserErrorCode;
  readonly message: string;
  /** Path in the input; null when no single field is at fault. */
  readonly field: readonly string[] | null;
}

/** A mistake in the input as GraphQL tells it. */
export function toInputError({ code, message, field }: UserError): InputErrorModel {
  return newModel(InputErrorModel, { code, message, field });
}

/** A problem that refuses an upload. */
export function toManifestError(problem: Problem): ManifestErrorModel {
  const { code, location, object, field, message } = problem;
  const place = [object, field].filter((part) => part !== null).join(' ');
  return newModel(ManifestErrorModel, {
    code: errorCodeOf(code),
    message: place === '' ? message : `${place}: ${message}`,
    field: ['input', 'manifests'],
    location: toSourceLocationModel(location),
  });
}

function errorCodeOf(code: Problem['code']): UserErrorCode {
  switch (code) {
    case 'SYNTAX':
    case 'NOT_UTF8':
    case 'TEMPLATE':
    case 'ARCHIVE_DAMAGED':
      return 'MANIFEST_SYNTAX';
    case 'TOO_LARGE':
      return 'TOO_LARGE';
    case 'NOT_AN_OBJECT':
    case 'INVALID_OBJECT':
    case 'LABEL_NOT_TEXT':
    case 'REMOVED_API_VERSION':
    case 'UNKNOWN_FIELD':
    case 'UNSUPPORTED_FIELD':
    case 'DUPLICATE':
    case 'UNSAFE_PATH':
    case 'IGNORED_KIND':
    case 'UNSUPPORTED_POLICY_KIND':
    case 'UNFOLLOWED_BACKEND':
    case 'DEFAULT_NAMESPACE':
    case 'CIDR_HOST_BITS':
    case 'METADATA_NAME_LABEL':
    case 'INVALID_SUPPRESSION':
    case 'EXPIRED_SUPPRESSION':
    case 'KIND_NOT_LISTED':
      return 'MANIFEST_INVALID';
  }
}
