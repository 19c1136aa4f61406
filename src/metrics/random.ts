/** Numbers from 0 up to, and without, 1. */
export type Random = () => number;

/**
 * A seeded generator (sfc32): the same seed gives the same numbers on every machine. For simulations, never for
 * secrets.
 */
export function randomFrom(seed: string): Random {
  let a = hash(seed, 0x9e37_79b9);
  let b = hash(seed, 0x85eb_ca6b);
  let c = hash(seed, 0xc2b2_ae35);
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  // The first numbers still show what the seed looked like.
  for (let round = 0; round < 15; round++) next();
  return next;
}

/** FNV-1a, from different beginnings. */
function hash(text: string, begin: number): number {
  let value = begin;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x0100_0193);
  return value | 0;
}
