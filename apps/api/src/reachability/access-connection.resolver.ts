import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type AccessConnection, AllowedAccessConnection } from './allowed-access.connection.js';
import { CaveatModel } from '../caveats/caveat.model.js';

/** What a page of access rows rests on. */
@Resolver(() => AllowedAccessConnection)
export class AccessConnectionResolver {
  @ResolveField(() => [CaveatModel], { description: 'What the answer as a whole rests on.' })
  caveats(@Parent() { caveats }: AccessConnection): readonly CaveatModel[] {
    return caveats;
  }
}
