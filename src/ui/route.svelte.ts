export const views = ['now', 'lake', 'health'] as const;
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
 * Reads `#/`, `#/stations`, `#/station/16107`, `#/lake`, `#/lake/silver` or `#/health`; anything else is Now with the
 * city's answers.
 */
export function parsePlace(hash: string): Place {
  const [view, part = ''] = hash.replace(/^#\/?/, '').split('/');
  switch (view) {
    case 'health':
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

/** Where the visitor is, from the address. */
export class Route {
  place = $state.raw<Place>(parsePlace(location.hash));
  /** Where the visitor was before, in this page. */
  before = $state.raw<Place | null>(null);
  /** What stood beside the map before a station's panel was opened: where its way back leads. */
  column = $state<Column>('stations');

  /** Follows the address; the answer stops. */
  start(): () => void {
    const follow = (): void => {
      const { view, station, column } = (this.before = this.place);
      if (view === 'now' && station === null) this.column = column;
      this.place = parsePlace(location.hash);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
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
