import type { Recorded } from './recorded.ts';
import type { Scale, Stretch } from './scale.ts';

/** More bars than that are not told apart on the widest screen. */
const COLUMNS = 480;

/** Height of the tallest bar, and of the least; the widest bar. The line is a thousand wide. */
const HEIGHT = 30;
const LEAST = 10;
const WIDEST = 12;

interface Column {
  /** The first of its places, and how many. */
  readonly from: number;
  readonly span: number;
  readonly bikes: number;
}

/** The record as bars, the bikes their height, in one path 1000 wide and 30 high: blank where no snapshot is. */
export function bars(recorded: Recorded, scale: Scale): string {
  const columns = scale.stretches.flatMap((stretch) => columnsOf(recorded, stretch));
  const all = columns.map(({ bikes }) => bikes);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return columns
    .map(({ from, span, bikes }) => {
      const [left, right] = [from - 0.5, from + span - 0.5].map((place) => 1000 * scale.xOf(place));
      const width = Math.min(0.76 * (right! - left!), WIDEST);
      const height = LEAST + (HEIGHT - LEAST) * ((bikes - least) / Math.max(1, most - least));
      const start = (left! + right! - width) / 2;
      return `M${start.toFixed(2)} ${HEIGHT}v${-Math.round(height * 10) / 10}h${width.toFixed(2)}V${HEIGHT}Z`;
    })
    .join('');
}

/** The means of as many quarter-hours together as one bar stands for. */
function columnsOf(recorded: Recorded, { from: first, start, to, left, right }: Stretch): Column[] {
  const span = Math.max(1, Math.ceil((to - start) / (COLUMNS * (right - left))));
  const columns: Column[] = [];
  for (let from = first; from <= to; from += span) {
    const told = Array.from({ length: span }, (_, offset) => recorded.bikes(from + offset)).filter(
      (bikes) => bikes !== null,
    );
    if (told.length === 0) continue;
    columns.push({ from, span, bikes: told.reduce((sum, bikes) => sum + bikes, 0) / told.length });
  }
  return columns;
}
