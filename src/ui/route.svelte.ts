import { hashOf, linkTo, mergeParams, parseParams, pathOf, type Parameter, type Params } from './params.ts';

export const views = ['now', 'history', 'lake', 'health'] as const;
export type View = (typeof views)[number];

export const layers = ['bronze', 'silver', 'gold', 'journal'] as const;
export type Layer = (typeof layers)[number];

/** What stands beside the map in Now: the answers about the whole city, or its stations. */
export const columns = ['city', 'stations'] as const;
export type Column = (typeof columns)[number];

export interface Place {
  readonly view: View;
  /** Lake: the layer whose files are shown, or all of them. */
  readonly layer: Layer | null;
  /** Now: what stands beside the map. */
  readonly column: Column;
  /** Now, stations: the code of the one whose panel is open. */
  readonly station: string | null;
}

const now: Place = { view: 'now', layer: null, column: 'city', station: null };

/**
 * Reads `#/`, `#/stations`, `#/station/16107`, `#/lake`, `#/lake/silver`, `#/health` or `#/history`; anything else is Now with the
 * city's answers. Parameters do not say where: `parseParams` reads them.
 */
export function parsePlace(hash: string): Place {
  const [view, part = ''] = pathOf(hash).split('/');
  switch (view) {
    case 'health':
    case 'history':
      return { ...now, view };
    case 'lake':
      return { ...now, view, layer: layers.find((name) => name === part) ?? null };
    case 'stations':
      return { ...now, column: 'stations' };
    case 'station':
      return { ...now, column: 'stations', station: decode(part) };
    default:
      return now;
  }
}

/** The address of a view. */
export function address(view: View, layer: Layer | null = null): string {
  if (view === 'now') return '#/';
  return layer === null ? `#/${view}` : `#/${view}/${layer}`;
}

/** The address of what stands beside the map. */
export function columnAddress(column: Column): string {
  return column === 'city' ? '#/' : '#/stations';
}

/** The address of a station's panel. */
export function stationAddress(code: string): string {
  return `#/station/${encodeURIComponent(code)}`;
}

/** Marks the entries of the browser's history that hold the parameters of their time. */
const written = { velolac: 1 };

/** Milliseconds between two writings of the address: Safari allows a hundred in 30 s. */
const writeEvery = 400;

/** Where the visitor is and what is looked at there, from the address and back into it. */
export class Route {
  place = $state.raw<Place>(parsePlace(location.hash));
  /** What the address says beyond the place. */
  params = $state.raw<Params>(parseParams(location.hash));
  /** Where the visitor was before, in this page. */
  before = $state.raw<Place | null>(null);
  /** What stood beside the map before a station's panel was opened: where its way back leads. */
  column = $state<Column>('stations');
  /** The path that `place` was read from. */
  #path = pathOf(location.hash);
  /** The address that it was read from. */
  readonly #read = location.hash;
  #written = -Infinity;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** Follows the address; the answer stops. */
  start(): () => void {
    const follow = (): void => this.#follow();
    // What waits belongs to the entry that a press may be about to leave.
    const settle = (): void => this.#settle();
    // A change between the reading and now told nobody.
    if (location.hash !== this.#read) follow();
    else history.replaceState(written, '');
    addEventListener('hashchange', follow);
    addEventListener('click', settle, { capture: true });
    addEventListener('pagehide', settle);
    return () => {
      this.#settle();
      removeEventListener('hashchange', follow);
      removeEventListener('click', settle, { capture: true });
      removeEventListener('pagehide', settle);
    };
  }

  /** Says parameters otherwise, null leaves them out; all others stay. The address follows, without a new entry. */
  set(change: Readonly<Partial<Record<Parameter, string | null>>>): void {
    this.params = mergeParams(this.params, change);
    const wait = this.#written + writeEvery - performance.now();
    if (wait <= 0) this.#write();
    else this.#waiting ??= setTimeout(() => this.#write(), wait);
  }

  /** The whole address of what is on show, with parameters that it does not name itself. */
  link(also: Params = {}): string {
    return linkTo(location.href, hashOf(this.#path, mergeParams(this.params, also)));
  }

  #follow(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    const { hash } = location;
    const path = pathOf(hash);
    if (path !== this.#path) {
      const { view, station, column } = (this.before = this.place);
      if (view === 'now' && station === null) this.column = column;
      this.place = parsePlace(hash);
      this.#path = path;
    }
    const { lang = null, theme = null } = this.params;
    // An entry that was written before is come back to as it was, but for what is no place to come back to.
    if (history.state !== null) this.params = mergeParams(parseParams(hash), { lang, theme });
    else if (hash.includes('?')) this.params = parseParams(hash);
    this.#write();
  }

  #settle(): void {
    if (this.#waiting !== undefined) this.#write();
  }

  /** Puts what is known into the address. */
  #write(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    // The visitor has gone elsewhere, and the event that tells so is on its way.
    if (pathOf(location.hash) !== this.#path) return;
    this.#written = performance.now();
    const hash = hashOf(this.#path, this.params);
    const here = location.hash === '' && hash === '#/' ? '' : hash;
    history.replaceState(written, '', `${location.pathname}${location.search}${here}`);
  }
}

/** A code of the address; null where it is empty or no text at all. */
function decode(part: string): string | null {
  try {
    return decodeURIComponent(part) || null;
  } catch {
    return null;
  }
}
