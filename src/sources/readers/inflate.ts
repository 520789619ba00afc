import { VelolacError } from '../../errors.ts';

/**
 * Above this ratio an archive is a bomb, not a recording: real files unpack to 4 to 45 times their size (the most
 * where most columns are null), a made series of a network that stands still, minute by minute, to 50 times, and
 * deflate's most is 1 032 times.
 */
const MAX_RATIO = 200;

/** Bytes that may come out at any ratio: what small files of blanks unpack to does no harm. */
const HARMLESS = 10e6;

/** The most bytes that come out of one archive or member: twice the largest import that is meant to work. */
export const MAX_UNPACKED = 4e9;

/** Compressed bytes given to fflate at a time; at deflate's most, 17 MB come out of them. */
const STEP = 2 ** 14;

/** A decompressor that is given bytes and gives what came out of them so far; `final` when no more come. */
export type Push = (bytes: Uint8Array, final: boolean) => Uint8Array<ArrayBuffer>[];

/**
 * What comes out of compressed bytes, piece by piece. Rejects with `import.damaged` for what is no such data,
 * or ends in the middle, and with `import.bomb` before what came out fills memory.
 */
export async function* inflate(
  compressed: AsyncIterable<Uint8Array>,
  push: Push,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let taken = 0;
  let given = 0;
  for await (const piece of compressed) {
    for (let from = 0; from < piece.length; from += STEP) {
      const bytes = piece.subarray(from, from + STEP);
      taken += bytes.length;
      for (const out of checked(push, bytes, false)) {
        given += out.length;
        refuseBomb(taken, given);
        yield out;
      }
    }
  }
  yield* checked(push, new Uint8Array(0), true);
}

/** Throws `import.bomb` for bytes that unpack to too many: to more than `most`, or at a ratio that no recording has. */
export function refuseBomb(compressed: number, unpacked: number, most = MAX_UNPACKED): void {
  if (unpacked <= most && (unpacked <= HARMLESS || unpacked <= compressed * MAX_RATIO)) return;
  throw new VelolacError('import.bomb', `${compressed} bytes unpack to ${unpacked} or more`, {
    bytes: unpacked,
  });
}

function checked(push: Push, bytes: Uint8Array, final: boolean): Uint8Array<ArrayBuffer>[] {
  try {
    return push(bytes, final);
  } catch (cause) {
    throw damaged('the compressed data is not valid', cause);
  }
}

/** An archive that does not unpack to what it says. */
export function damaged(message: string, cause?: unknown): VelolacError {
  return new VelolacError('import.damaged', message, {}, { cause });
}
