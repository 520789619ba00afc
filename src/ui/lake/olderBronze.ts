import type { LakeFileRow } from '../../pipeline/protocol.ts';

const DAY = 86_400_000;

/** The days whose recorded Bronze is older than so many days, and its bytes: the files of `pipeline/retention.ts`. */
export function olderBronze(
  files: readonly LakeFileRow[],
  keep: number,
  now: number,
): { readonly days: number; readonly bytes: number } {
  const old = files.filter(({ layer, day, path }) => {
    const recorded = layer === 'bronze' && /\.(zip|csv)$/.test(path) && !path.startsWith('bronze/imports/');
    return recorded && day !== null && Date.parse(day) + (keep + 1) * DAY <= now;
  });
  return {
    days: new Set(old.map(({ day }) => day)).size,
    bytes: old.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
