import { registerEnumType } from '@nestjs/graphql';

/** Codes of what callers get wrong, and of why a job failed. */
export const UserErrorCodeEnum = {
  NOT_FOUND: 'NOT_FOUND',
  ALREADY_EXISTS: 'ALREADY_EXISTS',
  INVALID: 'INVALID',
  TOO_LARGE: 'TOO_LARGE',
  CONFLICT: 'CONFLICT',
  LIMIT_REACHED: 'LIMIT_REACHED',
  MANIFEST_SYNTAX: 'MANIFEST_SYNTAX',
  MANIFEST_INVALID: 'MANIFEST_INVALID',
  NO_MANIFESTS: 'NO_MANIFESTS',
  INTERRUPTED: 'INTERRUPTED',
  TIMEOUT: 'TIMEOUT',
  INTERNAL: 'INTERNAL',
} as const;
/** A code of UserErrorCodeEnum. */
export type UserErrorCode = keyof typeof UserErrorCodeEnum;

registerEnumType(UserErrorCodeEnum, {
  name: 'UserErrorCode',
  description: 'What callers get wrong, and why a job failed.',
  valuesMap: {
    NOT_FOUND: { description: 'What the input names does not exist.' },
    ALREADY_EXISTS: { description: 'There is one with this name already.' },
    INVALID: { description: 'The value is not one that the field takes.' },
    TOO_LARGE: {
      description: 'There is more of it than a limit allows; the message names the limit.',
    },
    CONFLICT: { description: 'It contradicts an earlier request, or one that runs just now.' },
    LIMIT_REACHED: { description: 'Too much work was waiting. Try again later.' },
    MANIFEST_SYNTAX: { description: 'A document is not valid YAML or JSON.' },
    MANIFEST_INVALID: { description: 'A document is not one that the Kubernetes API would take.' },
    NO_MANIFESTS: { description: 'The upload has nothing that the analysis could use.' },
    INTERRUPTED: { description: 'The server stopped meanwhile. Upload again.' },
    TIMEOUT: { description: 'It took longer than a task may take.' },
    INTERNAL: { description: 'Something went wrong on our side; the log says more.' },
  },
});
