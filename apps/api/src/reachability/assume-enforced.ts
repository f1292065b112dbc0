import { Field } from '@nestjs/graphql';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';

/** The argument `assumeEnforced` of a question. Read by `isEnforced`. */
export function AssumeEnforcedField(): PropertyDecorator {
  return Field(() => Boolean, {
    defaultValue: false,
    description:
      'Answer as if policies were enforced, also in a cluster where nothing enforces them.',
  });
}

/** Whether policies take effect for a question. Where that is not known, they are taken to do. */
export function isEnforced(
  { profile }: Pick<IndexedSnapshot, 'profile'>,
  assumeEnforced: boolean,
): boolean {
  return profile.isEnforced !== false || assumeEnforced;
}
