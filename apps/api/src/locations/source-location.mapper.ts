import type { SourceLocation } from '@portolan/model';
import { newModel } from '../schema/new-model.js';
import { SourceLocationModel } from './source-location.model.js';

/** From the model's place to the type of the API. */
export function toSourceLocationModel(location: SourceLocation): SourceLocationModel {
  const { path, startLine, endLine, documentIndex } = location;
  return newModel(SourceLocationModel, { path, startLine, endLine, documentIndex });
}
