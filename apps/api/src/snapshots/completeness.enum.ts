import { registerEnumType } from '@nestjs/graphql';

/** What uploads may say; the store knows OVERLAY as well, which nothing makes yet. */
export const CompletenessEnum = { COMPLETE: 'COMPLETE', PARTIAL: 'PARTIAL' } as const;

registerEnumType(CompletenessEnum, {
  name: 'Completeness',
  description: 'Whether a snapshot holds a whole cluster.',
  valuesMap: {
    COMPLETE: { description: 'Every namespace, workload and policy.' },
    PARTIAL: { description: 'Only some namespaces or kinds (for example one repository).' },
  },
});
