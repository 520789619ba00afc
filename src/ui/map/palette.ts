/** The tokens (tokens.css) that the map draws with. */
const tokens = {
  land: '--land',
  paris: '--land2',
  edge: '--edge',
  water: '--water',
  card: '--card',
  ink: '--ink',
  ink2: '--ink2',
  ink3: '--ink3',
  mech: '--mech',
  elec: '--elec',
  free: '--free',
  warn: '--warn',
  full: '--full',
  star: '--gold',
  focus: '--focus',
  mechInk: '--mech-ink',
  elecInk: '--elec-ink',
  fill1: '--fill1',
  fill2: '--fill2',
  fill3: '--fill3',
  fill4: '--fill4',
  fill5: '--fill5',
} as const;

/** Colours as `rgb(r g b)`: WebGL knows neither custom properties nor `color-mix`. */
export type Palette = Readonly<Record<keyof typeof tokens, string>>;

/** The tokens' colours in the theme that the page has now. */
export function readPalette(): Palette {
  const probe = document.createElement('i');
  document.body.append(probe);
  const computed = getComputedStyle(probe);
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (canvas === null) throw new Error('no 2D canvas');
  const read = (token: string): string => {
    probe.style.color = `var(${token})`;
    canvas.fillStyle = computed.color;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return `rgb(${r},${g},${b})`;
  };
  const colours = Object.entries(tokens).map(([name, token]) => [name, read(token)]);
  probe.remove();
  return Object.fromEntries(colours) as Palette;
}
