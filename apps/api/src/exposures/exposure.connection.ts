import type { CaveatModel } from '../caveats/caveat.model.js';
import { RouteModel } from '../objects/route.model.js';
import type { Connection } from '../relay/connection.js';
import { connectionType } from '../relay/connection.model.js';
import { ExposureModel } from './exposure.model.js';

/** A page of exposures. */
export const ExposureConnection = connectionType<ExposureModel>('Exposure', () => ExposureModel);

/** A page of routes. */
export const RouteConnection = connectionType<RouteModel>('Route', () => RouteModel);

/** A page, and what the answer as a whole rests on. */
export interface CaveatedConnection<Node> extends Connection<Node> {
  readonly caveats: readonly CaveatModel[];
}
