import { hatch } from './hatch.ts';
import { standalone, svg, type ReadColour } from './svg.ts';

/** Controls are no part of a picture, nor what a frame says is not. */
const left = 'button, input, select, textarea, summary, [data-unsaved]';

/** A drawing and how far down it goes. */
interface Sheet {
  readonly into: SVGElement;
  /** What stands at 0, 0, in CSS pixels of the viewport. */
  readonly origin: { readonly x: number; readonly y: number };
  readonly read: ReadColour;
  readonly measure: OffscreenCanvasRenderingContext2D;
  bottom: number;
}

/** Draws what an element shows, text as text and drawings as drawings, and says how high it is in CSS pixels. */
export function draw(element: Element, read: ReadColour): { drawing: SVGGElement; height: number } {
  const measure = new OffscreenCanvas(1, 1).getContext('2d');
  if (measure === null) throw new Error('no 2D canvas');
  const { left: x, top: y } = element.getBoundingClientRect();
  const sheet: Sheet = { into: svg('g'), origin: { x, y }, read, measure, bottom: y };
  put(sheet, element);
  return { drawing: sheet.into as SVGGElement, height: Math.ceil(sheet.bottom - y) };
}

function put(sheet: Sheet, element: Element): void {
  const style = getComputedStyle(element);
  if (element.matches(left) || isUnseen(style)) return;
  if (element instanceof SVGSVGElement) {
    putDrawing(sheet, element);
    return;
  }
  putBox(sheet, element, style);
  for (const node of element.childNodes) {
    if (node instanceof Text) putText(sheet, node, style);
    else if (node instanceof Element) put(sheet, node);
  }
}

function isUnseen({ display, visibility, opacity, clipPath }: CSSStyleDeclaration): boolean {
  return display === 'none' || visibility === 'hidden' || opacity === '0' || clipPath === 'inset(50%)';
}

function putDrawing(sheet: Sheet, original: SVGSVGElement): void {
  const { left: x, top: y, width, height, bottom } = original.getBoundingClientRect();
  if (width === 0 || height === 0) return;
  const copy = standalone(original, sheet.read);
  const place = { x: x - sheet.origin.x, y: y - sheet.origin.y, width, height, overflow: 'visible' };
  for (const [name, value] of Object.entries(place)) copy.setAttribute(name, String(value));
  sheet.into.append(copy);
  sheet.bottom = Math.max(sheet.bottom, bottom);
}

/** A box's ground, and its edges where it has some. */
function putBox(sheet: Sheet, element: Element, style: CSSStyleDeclaration): void {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return;
  const x = box.left - sheet.origin.x;
  const y = box.top - sheet.origin.y;
  const fill = (
    colour: string,
    area: { x: number; y: number; width: number; height: number; rx?: number },
  ) => {
    const { rgb, opacity } = sheet.read(colour);
    if (opacity === 0 || area.width === 0 || area.height === 0) return;
    sheet.into.append(svg('rect', { ...area, fill: rgb, 'fill-opacity': opacity }));
    sheet.bottom = Math.max(sheet.bottom, box.bottom);
  };
  fill(style.backgroundColor, { x, y, width: box.width, height: box.height, rx: radius(style) });
  const lines = hatch(style.backgroundImage, { x, y, width: box.width, height: box.height }, sheet.read);
  if (lines !== null) sheet.into.append(lines);
  const edge = (side: string): number => {
    const seen = style.getPropertyValue(`border-${side}-style`) !== 'none';
    return seen ? parseFloat(style.getPropertyValue(`border-${side}-width`)) : 0;
  };
  const [top, right, bottom, leftEdge] = [edge('top'), edge('right'), edge('bottom'), edge('left')];
  const { width, height } = box;
  fill(style.borderTopColor, { x, y, width, height: top });
  fill(style.borderBottomColor, { x, y: y + height - bottom, width, height: bottom });
  fill(style.borderLeftColor, { x, y, width: leftEdge, height });
  fill(style.borderRightColor, { x: x + width - right, y, width: right, height });
}

/** A box with some corners round and others not has none. */
function radius({ borderRadius }: CSSStyleDeclaration): number {
  return borderRadius.includes(' ') ? 0 : parseFloat(borderRadius) || 0;
}

/** What of a text stands in one line. */
interface Line {
  text: string;
  readonly left: number;
  readonly top: number;
  right: number;
}

function putText(sheet: Sheet, node: Text, style: CSSStyleDeclaration): void {
  const lines: Line[] = [];
  // A line may end after a space or a hyphen.
  for (const { 0: word, index } of node.data.matchAll(/[^ \n\t\r-]+-*|-+/g)) {
    const range = document.createRange();
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const [box] = range.getClientRects();
    if (box === undefined) continue;
    const line = lines.at(-1);
    if (line !== undefined && Math.abs(line.top - box.top) < 2) {
      const spaced = ' \n\t\r'.includes(node.data.charAt(index - 1));
      line.text += spaced ? ` ${word}` : word;
      line.right = box.right;
    } else lines.push({ text: word, left: box.left, top: box.top, right: box.right });
    sheet.bottom = Math.max(sheet.bottom, box.bottom);
  }
  const { fontFamily, fontSize, fontWeight } = style;
  sheet.measure.font = `${fontWeight} ${fontSize} ${fontFamily}`;
  const ascent = sheet.measure.measureText('x').fontBoundingBoxAscent;
  const { rgb, opacity } = sheet.read(style.color);
  for (const { text, left: x, top, right } of lines) {
    const words = svg('text', {
      x: round(x - sheet.origin.x),
      y: round(top - sheet.origin.y + ascent),
      // Another font takes the same room.
      textLength: round(right - x),
      lengthAdjust: 'spacingAndGlyphs',
      fill: rgb,
      'fill-opacity': opacity,
      'font-family': fontFamily,
      'font-size': fontSize,
      'font-weight': fontWeight,
      style: 'font-variant-numeric: tabular-nums',
    });
    words.textContent = text;
    sheet.into.append(words);
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
