import type { StationRow } from '../../gold/answers.ts';
import { signOf } from '../stations/sign.ts';

/** Sectors that a disc of stock is cut into: as fine as the eye tells apart at this size. */
export const parts = 12;

/** A station's icon by its name: `closed`, `stale`, `unknown`, `empty`, `full`; `disc`, `low` or `high` with its sectors. */
export function iconOf(row: StationRow): string {
  const { mechanical, ebikes, docks } = row;
  const sign = signOf(row);
  switch (sign) {
    case 'closed':
    case 'stale':
    case 'unknown':
    case 'empty':
    case 'full':
      return sign;
    case 'few_bikes':
    case 'few_docks':
    case 'balanced': {
      const [green, blue] = sectors(mechanical ?? 0, ebikes ?? 0, docks ?? 0);
      const shape = sign === 'balanced' ? 'disc' : sign === 'few_bikes' ? 'low' : 'high';
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

/** How far the shapes of icons reach from their midst with their halo, in radii of the disc. */
const reaches: Readonly<Record<string, number>> = {
  low: 1.52,
  high: 1.64,
  empty: 1.32,
  full: 1.52,
  ring: 2.78,
};

/** How far an icon reaches from its midst, in radii of the disc. */
export function reachOf(icon: string): number {
  return reaches[icon.split('-')[0] ?? ''] ?? 1.22;
}

/** An icon's radius in CSS pixels: that of the disc; what stands around it reaches half as far again. */
export const radii = { small: 4.5, large: 11 } as const;
