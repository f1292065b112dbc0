import type { ProblemCode } from '@portolan/model';
import type { SharedReading } from '../documents/shared-reading.js';

/** A file of an upload, to be read before the next one is asked for. */
export type InputFile =
  | {
      readonly kind: 'text';
      readonly path: string;
      readonly chunks: AsyncIterable<Uint8Array>;
      /** Asked after the last chunk: false when the end is missing. */
      readonly isWhole: () => boolean;
      readonly reading?: SharedReading | undefined;
    }
  /** Not YAML or JSON by its name. */
  | { readonly kind: 'other' }
  | {
      readonly kind: 'problem';
      readonly path: string;
      readonly code: ProblemCode;
      readonly message: string;
    };
