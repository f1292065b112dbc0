import { registerEnumType } from '@nestjs/graphql';
import type { InputOutcome } from '@portolan/model';

/** What can become of a document. */
export const InputOutcomeEnum = {
  INDEXED: 'INDEXED',
  IGNORED_KIND: 'IGNORED_KIND',
  SKIPPED_TEMPLATE: 'SKIPPED_TEMPLATE',
  INVALID_SYNTAX: 'INVALID_SYNTAX',
  INVALID_OBJECT: 'INVALID_OBJECT',
  UNSUPPORTED_POLICY_KIND: 'UNSUPPORTED_POLICY_KIND',
  DUPLICATE: 'DUPLICATE',
  TOO_LARGE: 'TOO_LARGE',
  NOT_LISTED: 'NOT_LISTED',
} as const satisfies Record<InputOutcome, InputOutcome>;

registerEnumType(InputOutcomeEnum, {
  name: 'InputOutcome',
  description: 'What became of an input document.',
  valuesMap: {
    INDEXED: { description: 'Taken; there is a note about it.' },
    IGNORED_KIND: { description: 'A kind that does not matter to the analysis.' },
    SKIPPED_TEMPLATE: { description: 'Contains unrendered template syntax.' },
    INVALID_SYNTAX: { description: 'Left out: not valid YAML or JSON.' },
    INVALID_OBJECT: {
      description: 'Does not satisfy the Kubernetes API schema or validation.',
    },
    UNSUPPORTED_POLICY_KIND: {
      description: 'A policy kind that the engine does not evaluate: answers are incomplete.',
    },
    DUPLICATE: {
      description: 'Same kind, namespace and name as another document; the last one wins.',
    },
    TOO_LARGE: { description: 'Left out: more bytes, depth, aliases or values than a limit.' },
    NOT_LISTED: {
      description: 'Says that a kind could not be listed: its objects are missing from the upload.',
    },
  },
});
