import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Severity } from '@portolan/model';
import type { CaveatModel } from '../caveats/caveat.model.js';
import type { Connection } from '../relay/connection.js';
import { connectionType } from '../relay/connection.model.js';
import { FindingModel, FindingSubjectModel } from './finding.model.js';

/** A page of findings. */
export const FindingConnection = connectionType<FindingModel>('Finding', () => FindingModel);

/** A page of further objects. */
export const FindingSubjectConnection = connectionType<FindingSubjectModel>(
  'FindingSubject',
  () => FindingSubjectModel,
);

/** Findings on all pages by severity. */
@ObjectType('SeverityCounts', { description: 'How many there are of each severity.' })
export class SeverityCountsModel implements Record<Lowercase<Severity>, number> {
  @Field(() => Int, { description: 'CRITICAL ones.' })
  readonly critical!: number;

  @Field(() => Int, { description: 'HIGH ones.' })
  readonly high!: number;

  @Field(() => Int, { description: 'MEDIUM ones.' })
  readonly medium!: number;

  @Field(() => Int, { description: 'LOW ones.' })
  readonly low!: number;

  @Field(() => Int, { description: 'INFO ones.' })
  readonly info!: number;
}

/** A page of findings, and what is said about all of them. */
export interface CountedFindings extends Connection<FindingModel> {
  readonly countsBySeverity: SeverityCountsModel;
  readonly caveats: readonly CaveatModel[];
}
