import type { SourceLocation } from '@portolan/model';
import type { Locator } from '../documents/read-result.js';
import type { GroupKind } from '../kinds.js';
import type { Findings } from '../validate/findings.js';
import type { Fields } from '../validate/shape.js';
import type { Interner } from './interner.js';

/** An object to be read, with what is known of it. */
export interface ObjectInput {
  readonly object: Fields;
  readonly groupKind: GroupKind;
  readonly source: SourceLocation;
  readonly locate: () => Locator;
  readonly interner: Interner;
  readonly findings: Findings;
}
