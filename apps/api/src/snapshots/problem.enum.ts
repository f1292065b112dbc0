import { registerEnumType } from '@nestjs/graphql';
import type { ProblemCode, ProblemSeverity } from '@portolan/model';

/** How bad a Problem can be. */
export const ProblemSeverityEnum = {
  ERROR: 'ERROR',
  WARNING: 'WARNING',
  INFO: 'INFO',
} as const satisfies Record<ProblemSeverity, ProblemSeverity>;

registerEnumType(ProblemSeverityEnum, {
  name: 'ProblemSeverity',
  description: 'How bad a problem of the input is.',
  valuesMap: {
    ERROR: { description: 'Something was left out; a strict upload is refused.' },
    WARNING: { description: 'Something is probably not as it was meant.' },
    INFO: { description: 'Nothing is wrong; how something was understood.' },
  },
});

/** What a Problem can be about. */
export const ProblemCodeEnum = {
  SYNTAX: 'SYNTAX',
  NOT_UTF8: 'NOT_UTF8',
  TEMPLATE: 'TEMPLATE',
  NOT_AN_OBJECT: 'NOT_AN_OBJECT',
  INVALID_OBJECT: 'INVALID_OBJECT',
  LABEL_NOT_TEXT: 'LABEL_NOT_TEXT',
  REMOVED_API_VERSION: 'REMOVED_API_VERSION',
  UNKNOWN_FIELD: 'UNKNOWN_FIELD',
  UNSUPPORTED_FIELD: 'UNSUPPORTED_FIELD',
  DUPLICATE: 'DUPLICATE',
  TOO_LARGE: 'TOO_LARGE',
  UNSAFE_PATH: 'UNSAFE_PATH',
  ARCHIVE_DAMAGED: 'ARCHIVE_DAMAGED',
  IGNORED_KIND: 'IGNORED_KIND',
  UNSUPPORTED_POLICY_KIND: 'UNSUPPORTED_POLICY_KIND',
  UNFOLLOWED_BACKEND: 'UNFOLLOWED_BACKEND',
  DEFAULT_NAMESPACE: 'DEFAULT_NAMESPACE',
  CIDR_HOST_BITS: 'CIDR_HOST_BITS',
  METADATA_NAME_LABEL: 'METADATA_NAME_LABEL',
  INVALID_SUPPRESSION: 'INVALID_SUPPRESSION',
  EXPIRED_SUPPRESSION: 'EXPIRED_SUPPRESSION',
  KIND_NOT_LISTED: 'KIND_NOT_LISTED',
} as const satisfies Record<ProblemCode, ProblemCode>;

registerEnumType(ProblemCodeEnum, {
  name: 'ProblemCode',
  description: 'What can be wrong with an input document, or noteworthy about it.',
  valuesMap: {
    SYNTAX: { description: 'A document that is not valid YAML or JSON.' },
    NOT_UTF8: { description: 'A document with bytes that are not UTF-8.' },
    TEMPLATE: { description: 'A template that was not rendered.' },
    NOT_AN_OBJECT: { description: 'Not a Kubernetes object: no apiVersion or kind.' },
    INVALID_OBJECT: { description: 'The API server would reject the object.' },
    LABEL_NOT_TEXT: {
      description: 'A label value that is a number or a boolean: the API server would reject it.',
    },
    REMOVED_API_VERSION: {
      description: 'A policy of an API version that is no longer served; it was left out.',
    },
    UNKNOWN_FIELD: {
      description: 'A field that the kind does not have, for example a typing error.',
    },
    UNSUPPORTED_FIELD: { description: 'A field of a cluster-scoped policy that is not known.' },
    DUPLICATE: {
      description: 'Same group, kind, namespace and name as a later object, which wins.',
    },
    TOO_LARGE: { description: 'More aliases, depth, documents or bytes than the limit.' },
    UNSAFE_PATH: {
      description: "An archive entry that is not a plain file in the archive's folder.",
    },
    ARCHIVE_DAMAGED: { description: 'The archive ends early or is damaged.' },
    IGNORED_KIND: { description: 'A kind that does not matter to the analysis.' },
    UNSUPPORTED_POLICY_KIND: { description: 'A policy kind that the engine does not evaluate.' },
    UNFOLLOWED_BACKEND: {
      description: 'A route sends traffic to something that is no Service.',
    },
    DEFAULT_NAMESPACE: { description: 'metadata.namespace is missing; `default` was taken.' },
    CIDR_HOST_BITS: { description: 'A CIDR with host bits set; they were masked.' },
    METADATA_NAME_LABEL: {
      description:
        'A Namespace whose label kubernetes.io/metadata.name differs from its name, which the control plane overrides.',
    },
    INVALID_SUPPRESSION: {
      description:
        'An entry of the annotation portolan.dev/ignore that cannot be read: it silences nothing.',
    },
    EXPIRED_SUPPRESSION: {
      description: 'An entry of the annotation portolan.dev/ignore whose last day is over.',
    },
    KIND_NOT_LISTED: {
      description:
        'A kind that could not be listed: its objects are missing, and the snapshot is PARTIAL.',
    },
  },
});
