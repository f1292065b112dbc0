import { registerEnumType } from '@nestjs/graphql';
import { SEVERITIES, type Severity } from '@portolan/model';

/** How grave something is. */
export const SeverityEnum = Object.fromEntries(
  [...SEVERITIES].reverse().map((severity) => [severity, severity]),
) as Readonly<Record<Severity, Severity>>;

registerEnumType(SeverityEnum, {
  name: 'Severity',
  description:
    'How grave something is, least first. Of access: what was opened; of a finding: as its rule says.',
  valuesMap: {
    INFO: { description: 'Nothing was opened.' },
    LOW: { description: 'Opened within a namespace.' },
    MEDIUM: {
      description: 'Leads to another namespace or to the internet, or to a sensitive port.',
    },
    HIGH: { description: 'Open to the internet or the whole cluster, or no longer isolated.' },
    CRITICAL: { description: 'The same, with a sensitive port.' },
  },
});
