import { textScalar } from './text-scalar.js';

/** Read by `readSelector`. */
export const LabelSelectorScalar = textScalar(
  'LabelSelectorString',
  'A Kubernetes label selector in kubectl syntax, for example `app=web,tier in (a,b),!legacy`. Empty = everything.',
);
