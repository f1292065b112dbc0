import { Field, InputType } from '@nestjs/graphql';
import { LabelSelectorScalar } from '../scalars/label-selector.scalar.js';

/** Pods, by their labels and those of their namespaces. */
@InputType('SelectorInput', {
  description: 'Pods by their labels and those of their namespaces; both have to fit.',
})
export class SelectorInput {
  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description: 'Selector over labels of namespaces; omit for any namespace.',
  })
  readonly namespaces?: string | null;

  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description: 'Selector over labels of pods; omit for any pod.',
  })
  readonly pods?: string | null;
}
