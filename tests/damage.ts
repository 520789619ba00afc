/** A file that was broken, and how: to be told when a test fails. */
export interface Damaged {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly how: string;
  readonly isCut: boolean;
}

/** How often each file is cut, and how often bits of it are flipped: few in CI, `VITE_DAMAGE=200` by hand. */
export function placesOr(few: number): number {
  return Number(import.meta.env['VITE_DAMAGE'] ?? few);
}

/** A file cut at random places, and with one to three bits flipped at as many others: the same ones each time. */
export function* damages(whole: Uint8Array, places: number): Generator<Damaged> {
  const random = seeded(whole.length);
  const place = () => Math.floor(random() * whole.length);
  for (let round = 0; round < places; round += 1) {
    const end = place();
    yield { bytes: whole.slice(0, end), how: `cut at ${end}`, isCut: true };
    const bytes = whole.slice();
    const flipped = Array.from({ length: 1 + (round % 3) }, place);
    for (const at of flipped) bytes[at]! ^= 1 << Math.floor(random() * 8);
    yield { bytes, how: `flipped at ${flipped.join(', ')} (round ${round})`, isCut: false };
  }
}

/** A generator of numbers from 0 to 1 that gives the same ones each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
