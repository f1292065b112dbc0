import { type Cidr, compareWords, lastWords } from './address.js';

/** The addresses of a network that lie in none of the holes, as disjoint networks from the lowest address up. */
export function cidrDifference(whole: Cidr, holes: readonly Cidr[]): Cidr[] {
  const touching = holes.filter((hole) => meets(hole, whole));
  if (touching.length === 0) return [whole];
  if (touching.some(({ prefix }) => prefix <= whole.prefix)) return [];
  return halves(whole).flatMap((half) => cidrDifference(half, touching));
}

function meets(a: Cidr, b: Cidr): boolean {
  return (
    a.family === b.family &&
    compareWords(a.words, lastWords(b)) <= 0 &&
    compareWords(b.words, lastWords(a)) <= 0
  );
}

function halves({ family, words, prefix }: Cidr): [Cidr, Cidr] {
  const upper = [...words];
  const word = Math.floor(prefix / 32);
  upper[word] = (upper[word]! | (0x80000000 >>> (prefix % 32))) >>> 0;
  return [
    { family, words, prefix: prefix + 1 },
    { family, words: upper, prefix: prefix + 1 },
  ];
}
