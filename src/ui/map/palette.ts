import { colourReader } from '../colours.ts';

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
  fewBikes: '--few-bikes',
  fewDocks: '--few-docks',
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
  // Where the system chooses the colours, the map keeps its own: they are what it tells by.
  probe.style.setProperty('forced-color-adjust', 'none');
  document.body.append(probe);
  const computed = getComputedStyle(probe);
  const readColour = colourReader();
  const read = (token: string): string => {
    probe.style.color = `var(${token})`;
    return readColour(computed.color).rgb;
  };
  const colours = Object.entries(tokens).map(([name, token]) => [name, read(token)]);
  probe.remove();
  return Object.fromEntries(colours) as Palette;
}
