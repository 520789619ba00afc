import { parts, radii, reachOf } from './icons.ts';
import type { Palette } from './palette.ts';

/** Draws an icon, named `small:` or `large:` and its shape, in the midst of a square of its own. */
export function drawIcon(icon: string, pixelRatio: number, palette: Palette): ImageData {
  const [set = '', name = ''] = icon.split(':');
  const small = set === 'small';
  const radius = small ? radii.small : radii.large;
  // A pixel more on each side, for edges that are smoothed.
  const side = Math.ceil(radius * 2 * reachOf(name) * pixelRatio) + 2;
  const canvas = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (canvas === null) throw new Error('no 2D canvas');
  canvas.translate(side / 2, side / 2);
  // Drawn in units of the radius.
  canvas.scale(radius * pixelRatio, radius * pixelRatio);
  const [shape = '', green, blue] = name.split('-');
  const draw = (small ? smallShapes[shape] : undefined) ?? shapes[shape];
  draw?.(canvas, palette, Number(green), Number(blue));
  return canvas.getImageData(0, 0, side, side);
}

type Canvas = OffscreenCanvasRenderingContext2D;
type Shape = (canvas: Canvas, palette: Palette, green: number, blue: number) => void;

const halo = 0.22;

/** Each told apart by its form alone, without its colour. */
const shapes: Readonly<Record<string, Shape>> = {
  disc: (canvas, palette, green, blue) => {
    circle(canvas, 1 + halo, palette.card);
    stock(canvas, palette, 1, green, blue);
  },
  // A disc in a ring.
  low: (canvas, palette, green, blue) => {
    circle(canvas, 1.3 + halo, palette.card);
    circle(canvas, 1.3, palette.warn);
    circle(canvas, 0.98, palette.card);
    stock(canvas, palette, 0.76, green, blue);
  },
  // A disc on a diamond.
  high: (canvas, palette, green, blue) => {
    diamond(canvas, 1.42 + halo, palette.card);
    diamond(canvas, 1.42, palette.full);
    circle(canvas, 0.96, palette.card);
    stock(canvas, palette, 0.76, green, blue);
  },
  // A hollow ring.
  empty: (canvas, palette) => {
    circle(canvas, 1.1 + halo, palette.card);
    circle(canvas, 1.1, palette.warn);
    circle(canvas, 0.62, palette.card);
  },
  full: (canvas, palette) => {
    diamond(canvas, 1.3 + halo, palette.card);
    diamond(canvas, 1.3, palette.full);
  },
  closed: (canvas, palette) => {
    for (const [width, colour] of [
      [0.36 + 2 * halo, palette.card],
      [0.36, palette.ink3],
    ] as const) {
      canvas.beginPath();
      canvas.moveTo(-0.6, -0.6);
      canvas.lineTo(0.6, 0.6);
      canvas.moveTo(0.6, -0.6);
      canvas.lineTo(-0.6, 0.6);
      stroke(canvas, width, colour);
    }
  },
  // A dash, as where a figure is not known.
  unknown: (canvas, palette) => {
    for (const [width, colour] of [
      [0.46 + 2 * halo, palette.card],
      [0.46, palette.ink3],
    ] as const) {
      canvas.beginPath();
      canvas.moveTo(-0.7, 0);
      canvas.lineTo(0.7, 0);
      stroke(canvas, width, colour);
    }
  },
  // A broken ring.
  stale: (canvas, palette) => {
    circle(canvas, 0.95 + halo, palette.card);
    for (const start of [0.15, 0.65, 1.15, 1.65]) {
      canvas.beginPath();
      canvas.arc(0, 0, 0.78, start * Math.PI, (start + 0.28) * Math.PI);
      stroke(canvas, 0.34, palette.ink3);
    }
  },
  // A triangle that points up, or down; as many as before, a dot.
  gain: (canvas, palette) => triangle(canvas, -1, palette.full, palette.card),
  loss: (canvas, palette) => triangle(canvas, 1, palette.warn, palette.card),
  even: (canvas, palette) => {
    circle(canvas, 0.5 + halo, palette.card);
    circle(canvas, 0.5, palette.ink3);
  },
  // Around the chosen one: a dark line on a wider light one stands out on any ground.
  ring: (canvas, palette) => {
    for (const [width, colour] of [
      [0.64, palette.card],
      [0.27, palette.ink],
    ] as const) {
      canvas.beginPath();
      canvas.arc(0, 0, 2.45, 0, 2 * Math.PI);
      stroke(canvas, width, colour);
    }
  },
  star: (canvas, palette) => {
    canvas.beginPath();
    for (let point = 0; point < 10; point += 1) {
      const reach = point % 2 === 0 ? 1.1 : 0.48;
      canvas.lineTo(reach * Math.sin((point * Math.PI) / 5), -reach * Math.cos((point * Math.PI) / 5));
    }
    canvas.closePath();
    canvas.lineJoin = 'round';
    stroke(canvas, 2.5 * halo, palette.card);
    canvas.fillStyle = palette.star;
    canvas.fill();
  },
};

/** What is drawn otherwise where it is small: the many that have little left must not hide the few that have nothing. */
const smallShapes: Readonly<Record<string, Shape>> = {
  low: (canvas, palette, green, blue) => {
    circle(canvas, 1 + halo, palette.card);
    circle(canvas, 1, palette.fewBikes);
    circle(canvas, 0.8, palette.card);
    stock(canvas, palette, 0.66, green, blue);
  },
  high: (canvas, palette) => {
    diamond(canvas, 1.2 + halo, palette.card);
    diamond(canvas, 1.2, palette.fewDocks);
    diamond(canvas, 0.6, palette.card);
  },
};

function circle(canvas: Canvas, radius: number, colour: string): void {
  canvas.beginPath();
  canvas.arc(0, 0, radius, 0, 2 * Math.PI);
  canvas.fillStyle = colour;
  canvas.fill();
}

function diamond(canvas: Canvas, reach: number, colour: string): void {
  canvas.beginPath();
  canvas.moveTo(0, -reach);
  canvas.lineTo(reach, 0);
  canvas.lineTo(0, reach);
  canvas.lineTo(-reach, 0);
  canvas.fillStyle = colour;
  canvas.fill();
}

/** `way` is -1 for one that points up. */
function triangle(canvas: Canvas, way: -1 | 1, colour: string, edge: string): void {
  canvas.beginPath();
  canvas.moveTo(0, way * 1.15);
  canvas.lineTo(1.1, way * -0.75);
  canvas.lineTo(-1.1, way * -0.75);
  canvas.closePath();
  canvas.lineJoin = 'round';
  stroke(canvas, 2 * halo, edge);
  canvas.fillStyle = colour;
  canvas.fill();
}

/** A disc of free docks with its bikes as sectors, clockwise from the top, with a cut between the two kinds. */
function stock(canvas: Canvas, palette: Palette, radius: number, green: number, blue: number): void {
  circle(canvas, radius, palette.free);
  const angle = (part: number): number => ((2 * part) / parts - 0.5) * Math.PI;
  const sector = (from: number, to: number, colour: string): void => {
    if (from === to) return;
    canvas.beginPath();
    canvas.moveTo(0, 0);
    canvas.arc(0, 0, radius, angle(from), angle(to));
    canvas.fillStyle = colour;
    canvas.fill();
  };
  sector(0, green, palette.mech);
  sector(green, green + blue, palette.elec);
  if (green === 0 || blue === 0) return;
  canvas.beginPath();
  canvas.moveTo(0, 0);
  canvas.lineTo(radius * Math.cos(angle(green)), radius * Math.sin(angle(green)));
  stroke(canvas, 0.12, palette.card);
}

function stroke(canvas: Canvas, width: number, colour: string): void {
  canvas.lineWidth = width;
  canvas.lineCap = 'round';
  canvas.strokeStyle = colour;
  canvas.stroke();
}
