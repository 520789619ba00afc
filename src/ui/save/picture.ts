import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { colourReader } from '../colours.ts';
import { draw } from './draw.ts';
import { svg } from './svg.ts';

/** What stands round a picture, in the page's language. */
export interface Caption {
  readonly title: string;
  /** The answer in a sentence; blank where there is none. */
  readonly lead: string;
  /** What is counted, and of what. */
  readonly lines: readonly string[];
  /** The moment, and the licence. */
  readonly foot: readonly string[];
}

const edge = 24;
const family = 'Inter, ui-sans-serif, system-ui, sans-serif';

/** What an element shows as one SVG that needs no page: in the theme of the moment, titled, with moment and licence. */
export function toSvg(element: Element, { title, lead, lines, foot }: Caption): string {
  const read = colourReader();
  const tokens = getComputedStyle(document.documentElement);
  const probe = document.createElement('i');
  document.body.append(probe);
  const token = (name: string): string => {
    probe.style.color = tokens.getPropertyValue(name);
    return read(getComputedStyle(probe).color).rgb;
  };
  const [card, ink, ink2] = [token('--card'), token('--ink'), token('--ink2')];
  probe.remove();

  const { drawing, height } = draw(element, read);
  const room = Math.ceil(element.getBoundingClientRect().width);
  const width = room + 2 * edge;
  const root = svg('svg', { xmlns: 'http://www.w3.org/2000/svg', width, 'font-family': family });
  const ground = svg('rect', { width, height: '100%', fill: card });
  const name = svg('title');
  name.textContent = title;
  root.append(name, ground);

  let y = edge;
  const say = (text: string, size: number, weight: number, fill: string): void => {
    for (const line of wrap(text, room, `${weight} ${size}px ${family}`)) {
      y += Math.round(size * 1.4);
      const words = svg('text', {
        x: edge,
        y: y - size * 0.35,
        'font-size': size,
        'font-weight': weight,
        fill,
      });
      words.textContent = line;
      root.append(words);
    }
  };
  say(title, 16, 620, ink);
  if (lead !== '') say(lead, 14, 400, ink);
  for (const text of lines) say(text, 13, 400, ink2);
  y += 14;
  drawing.setAttribute('transform', `translate(${edge} ${y})`);
  root.append(drawing);
  y += height + 18;
  for (const text of foot) say(text, 11, 400, ink2);
  y += edge - 6;
  root.setAttribute('height', String(y));
  root.setAttribute('viewBox', `0 0 ${width} ${y}`);
  return new XMLSerializer().serializeToString(root);
}

/** Words in lines that are no wider than there is room. */
function wrap(text: string, room: number, font: string): string[] {
  const measure = new OffscreenCanvas(1, 1).getContext('2d');
  if (measure === null) throw new Error('no 2D canvas');
  measure.font = font;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    const longer = line === undefined ? word : `${line} ${word}`;
    if (line !== undefined && measure.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Side of a canvas that every browser grants, in pixels. */
const most = 16_000;

/** Such an SVG as a PNG of twice its size, in the page's own type. */
export async function toPng(text: string): Promise<Blob> {
  const image = new Image();
  const drawing = new Blob([await withFont(text)], { type: 'image/svg+xml' });
  const address = URL.createObjectURL(drawing);
  try {
    image.src = address;
    await image.decode();
    const { naturalWidth: width, naturalHeight: height } = image;
    const scale = Math.min(2, most / height);
    const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** An image knows no fonts of its page: it is given its own. */
async function withFont(text: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(inter)).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const source = `url(data:font/woff2;base64,${btoa(binary)}) format('woff2')`;
  const style = `<style>@font-face{font-family:Inter;font-weight:100 900;src:${source}}</style>`;
  return text.replace(/(<svg[^>]*>)/, `$1${style}`);
}
