import { svg } from '../save/svg.ts';

/** A mark that draws nothing: it holds the pattern `not-observed`, which a saved drawing takes along. */
export function hatching(): SVGElement {
  const pattern = svg('pattern', {
    ...{ id: 'not-observed', patternUnits: 'userSpaceOnUse', width: 5, height: 5 },
    patternTransform: 'rotate(45)',
  });
  pattern.append(svg('rect', { width: 1, height: 5, fill: 'var(--edge)' }));
  const holder = svg('defs');
  holder.append(pattern);
  return holder;
}
