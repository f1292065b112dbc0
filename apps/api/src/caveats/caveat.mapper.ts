import type { Caveat } from '@portolan/model';
import { CAVEATS_PATH } from '../docs/docs.controller.js';
import { newModel } from '../schema/new-model.js';
import { CaveatModel } from './caveat.model.js';

/** Every caveat of the lists once, in their order. */
export function toCaveatModels(...lists: readonly (readonly Caveat[])[]): CaveatModel[] {
  if (lists.every((list) => list.length === 0)) return [];
  const distinct = new Map<string, Caveat>();
  for (const caveat of lists.flat()) {
    const key = `${caveat.code} ${caveat.message}`;
    if (!distinct.has(key)) distinct.set(key, caveat);
  }
  return [...distinct.values()].map(toCaveatModel);
}

function toCaveatModel({ code, message }: Caveat): CaveatModel {
  const docsUrl = `${CAVEATS_PATH}#${code.toLowerCase()}`;
  return newModel(CaveatModel, { code, message, docsUrl });
}
