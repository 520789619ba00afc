import type { StationRow } from '../../gold/answers.ts';

/** Sectors that a disc of stock is cut into: as fine as the eye tells apart at this size. */
export const parts = 12;

/** A station's icon by its name: `closed`, `stale`, `unknown`, `empty`, `full`; `disc`, `low` or `high` with its sectors. */
export function iconOf({ state, stale, mechanical, ebikes, docks }: StationRow): string {
  switch (state) {
    case 'closed':
      return stale ? 'stale' : 'closed';
    case 'unknown':
    case 'empty':
    case 'full':
      return state;
    case 'few_bikes':
    case 'few_docks':
    case 'balanced': {
      const [green, blue] = sectors(mechanical ?? 0, ebikes ?? 0, docks ?? 0);
      const shape = state === 'balanced' ? 'disc' : state === 'few_bikes' ? 'low' : 'high';
      return `${shape}-${green}-${blue}`;
    }
  }
}

/** Mechanical and electric sectors. What is there has one at least, and so have the free docks. */
export function sectors(mechanical: number, ebikes: number, docks: number): readonly [number, number] {
  const whole = mechanical + ebikes + docks;
  if (whole <= 0) return [0, 0];
  const cut = (stock: number): number => (stock > 0 ? Math.max(1, Math.round((stock / whole) * parts)) : 0);
  const [green, blue] = [cut(mechanical), cut(ebikes)];
  const over = green + blue - (docks > 0 ? parts - 1 : parts);
  if (over <= 0) return [green, blue];
  return green >= blue ? [green - over, blue] : [green, blue - over];
}

/** An icon's radius in CSS pixels: that of the disc; what stands around it reaches half as far again. */
export const radii = { small: 4.5, large: 11 } as const;
