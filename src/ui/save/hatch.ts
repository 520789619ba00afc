import { svg, type ReadColour } from './svg.ts';

/** Hatching as browsers compute it: `repeating-linear-gradient(135deg, COLOUR 0px, COLOUR 1px, OTHER 1px, OTHER 4px)`. */
const hatching = /^repeating-linear-gradient\((\d+)deg, (.+?) 0px,? (?:\2 )?([\d.]+)px.* ([\d.]+)px\)/;

let made = 0;

/** What a box's hatched ground looks like; null where it is not hatched. */
export function hatch(
  image: string,
  area: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>,
  read: ReadColour,
): SVGGElement | null {
  const found = hatching.exec(image);
  if (found === null) return null;
  const [, angle, colour = '', line, step] = found;
  const id = `hatch${(made += 1)}`;
  const pattern = svg('pattern', {
    ...{ id, patternUnits: 'userSpaceOnUse', width: Number(step), height: Number(step) },
    patternTransform: `rotate(${Number(angle) - 90})`,
  });
  const { rgb, opacity } = read(colour);
  pattern.append(
    svg('rect', { width: Number(line), height: Number(step), fill: rgb, 'fill-opacity': opacity }),
  );
  const drawing = svg('g');
  drawing.append(pattern, svg('rect', { ...area, fill: `url(#${id})` }));
  return drawing;
}
