import type { SourceLocation } from '@portolan/model';
import { newModel } from '../relay/new-model.js';
import { SourceLocationModel } from './source-location.model.js';

export function toSourceLocationModel(location: SourceLocation): SourceLocationModel {
  const { path, startLine, endLine, documentIndex } = location;
  return newModel(SourceLocationModel, { path, startLine, endLine, documentIndex });
}
