import type { StationRow, StationState } from '../../gold/answers.ts';

/** A station with its place on the chart. */
export interface PlacedStation {
  readonly row: StationRow;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** Units of the paths in a CSS pixel: whole numbers become text several times as fast as fractions. */
export const unitsPerPixel = 10;

/** One path a kind of shape, every station a subpath of it: a chart of 1 500 stations is seven elements. */
export interface StationPaths {
  readonly disc: string;
  readonly mechanical: string;
  readonly electric: string;
  readonly empty: string;
  readonly full: string;
  readonly closed: string;
}

/** Draws each station as what it is: a disc of its stock, a ring, a diamond or a cross. */
export function stationPaths(stations: readonly PlacedStation[]): StationPaths {
  const paths = { disc: '', mechanical: '', electric: '', empty: '', full: '', closed: '' };
  for (const { row, x, y, r } of stations) {
    switch (shape(row.state)) {
      case 'closed':
        paths.closed += cross(x, y, 2.2);
        break;
      case 'empty':
        paths.empty += circle(x, y, Math.max(1.6, r - 0.6));
        break;
      case 'full':
        paths.full += diamond(x, y, r * 1.2);
        break;
      case 'disc': {
        const mechanical = row.mechanical ?? 0;
        const bikes = mechanical + (row.ebikes ?? 0);
        const whole = bikes + (row.docks ?? 0);
        paths.disc += circle(x, y, r);
        if (whole === 0) break;
        paths.mechanical += wedge(x, y, r, 0, mechanical / whole);
        paths.electric += wedge(x, y, r, mechanical / whole, bikes / whole);
      }
    }
  }
  return paths;
}

/** The shape that tells a state apart without its colour. */
export function shape(state: StationState): 'disc' | 'empty' | 'full' | 'closed' {
  return state === 'empty' || state === 'full' || state === 'closed' ? state : 'disc';
}

/** The station nearest to a point, within reach. */
export function nearest(
  stations: readonly PlacedStation[],
  x: number,
  y: number,
  reach: number,
): PlacedStation | null {
  let best: PlacedStation | null = null;
  let bestDistance = reach;
  for (const station of stations) {
    const distance = Math.hypot(station.x - x, station.y - y);
    if (distance >= bestDistance) continue;
    best = station;
    bestDistance = distance;
  }
  return best;
}

const f = (pixels: number): number => Math.round(pixels * unitsPerPixel);

function circle(x: number, y: number, r: number): string {
  return `M${f(x - r)} ${f(y)}a${f(r)} ${f(r)} 0 1 1 ${f(2 * r)} 0a${f(r)} ${f(r)} 0 1 1 ${f(-2 * r)} 0Z`;
}

function diamond(x: number, y: number, r: number): string {
  return `M${f(x)} ${f(y - r)}l${f(r)} ${f(r)}l${f(-r)} ${f(r)}l${f(-r)} ${f(-r)}Z`;
}

function cross(x: number, y: number, r: number): string {
  return `M${f(x - r)} ${f(y - r)}l${f(2 * r)} ${f(2 * r)}m0 ${f(-2 * r)}l${f(-2 * r)} ${f(2 * r)}`;
}

/** A slice of a disc, clockwise from the top; `from` and `to` are shares of the turn. */
function wedge(x: number, y: number, r: number, from: number, to: number): string {
  if (to - from < 0.001) return '';
  if (to - from > 0.999) return circle(x, y, r);
  const start = from * 2 * Math.PI;
  const end = to * 2 * Math.PI;
  const large = to - from > 0.5 ? 1 : 0;
  const x1 = x + r * Math.sin(start);
  const y1 = y - r * Math.cos(start);
  const x2 = x + r * Math.sin(end);
  const y2 = y - r * Math.cos(end);
  return `M${f(x)} ${f(y)}L${f(x1)} ${f(y1)}A${f(r)} ${f(r)} 0 ${large} 1 ${f(x2)} ${f(y2)}Z`;
}
