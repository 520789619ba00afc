export const views = ['now', 'lake', 'health'] as const;
export type View = (typeof views)[number];

export const layers = ['bronze', 'silver', 'gold', 'journal'] as const;
export type Layer = (typeof layers)[number];

export interface Place {
  readonly view: View;
  /** Lake: the layer whose files are shown, or all of them. */
  readonly layer: Layer | null;
}

/** Reads `#/`, `#/lake`, `#/lake/silver` or `#/health`; anything else is Now. */
export function parsePlace(hash: string): Place {
  const [view, layer] = hash.replace(/^#\/?/, '').split('/');
  if (view === 'health') return { view, layer: null };
  if (view !== 'lake') return { view: 'now', layer: null };
  return { view, layer: layers.find((name) => name === layer) ?? null };
}

/** The address of a place. */
export function address(view: View, layer: Layer | null = null): string {
  if (view === 'now') return '#/';
  return layer === null ? `#/${view}` : `#/${view}/${layer}`;
}

/** Where the visitor is, from the address. */
export class Route {
  place = $state.raw<Place>(parsePlace(location.hash));

  /** Follows the address; the answer stops. */
  start(): () => void {
    const follow = (): void => {
      this.place = parsePlace(location.hash);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }
}
