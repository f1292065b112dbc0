import type { Caveat } from '@portolan/model';
import { newModel } from '../relay/new-model.js';
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
  // The heading of the section in docs/caveats.md is the code in lower case.
  const docsUrl = `docs/caveats.md#${code.toLowerCase()}`;
  return newModel(CaveatModel, { code, message, docsUrl });
}
