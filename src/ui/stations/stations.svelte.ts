import type { StationRow } from '../../gold/answers.ts';
import type { Position } from '../../pipeline/protocol.ts';
import type { Lakehouse } from '../lakehouse.svelte.ts';
import type { Route } from '../route.svelte.ts';
import type { Settings } from '../settings.svelte.ts';
import type { Span } from '../station/spans.ts';
import type { Comparison } from '../time/comparison.svelte.ts';
import { orders, sortStations, type Order } from './order.ts';
import { filters, finds, passes, plain, searchTexts, setOf, wordsOf, type Filter } from './search.ts';

const none: readonly StationRow[] = [];

/** The stations of the answers on show, and what the visitor makes of them: the list, the map and the panel share it. */
export class Stations {
  /** How far back a station's panel looks; null for as far as suits the record. */
  span = $state<Span | null>(null);
  /** Whether there is no map: the list then stands in its place, and not beside it. */
  mapless = $state(false);
  /** Where the visitor is, once asked for and told; it never leaves the page. */
  position = $state.raw<Position | null>(null);

  readonly #lakehouse: Lakehouse;
  readonly #comparison: Comparison;
  readonly #route: Route;
  readonly #settings: Settings;

  constructor(lakehouse: Lakehouse, comparison: Comparison, route: Route, settings: Settings) {
    this.#lakehouse = lakehouse;
    this.#comparison = comparison;
    this.#route = route;
    this.#settings = settings;
  }

  // Texts of their own: the address changes with each step of time, and these do not.
  readonly #typed: string = $derived.by(() => this.#route.params.q ?? '');
  readonly #shown: string = $derived.by(() => this.#route.params.show ?? '');

  /** What is searched for, as it was typed. The address holds it, and the filters and the order too. */
  get text(): string {
    return this.#typed;
  }

  set text(text: string) {
    this.#route.set({ q: text === '' ? null : text });
  }

  readonly filters: readonly Filter[] = $derived.by(() => {
    const shown = this.#shown.split(',');
    return filters.filter((filter) => shown.includes(filter));
  });

  /** By name where the address asks for distances and it is not known from where, or for changes without a comparison. */
  get order(): Order {
    const order = this.orders.find((known) => known === this.#route.params.sort) ?? 'name';
    return order === 'distance' && this.position === null ? 'name' : order;
  }

  set order(order: Order) {
    this.#route.set({ sort: order === 'name' ? null : order });
  }

  /** The orders there are: by change only while two moments are compared. */
  get orders(): readonly Order[] {
    return this.#comparison.at === null ? orders.filter((order) => order !== 'change') : orders;
  }

  /** Those of the moment on show, by code. */
  readonly all: readonly StationRow[] = $derived.by(() => {
    const { drawn, answers } = this.#lakehouse;
    return (drawn ?? answers)?.stations ?? none;
  });

  /** Code of the station whose panel is open. */
  readonly selected: string | null = $derived.by(() => this.#route.place.station);

  readonly favourites: ReadonlySet<string> = $derived.by(() => setOf(this.#settings.favourites));

  readonly #words: readonly string[] = $derived.by(() => wordsOf(this.text, this.#texts.values()));

  readonly #texts: ReadonlyMap<StationRow, string> = $derived.by(() =>
    searchTexts(this.all, this.#lakehouse.answers?.areas.quartier ?? []),
  );

  /** Whether the search or a filter may leave some out. */
  readonly narrowed: boolean = $derived(plain(this.text) !== '' || this.filters.length > 0);

  /** Those that the search and the filters leave, in the chosen order. */
  readonly matching: readonly StationRow[] = $derived.by(() => {
    const left = this.all.filter((row) => {
      const text = this.#texts.get(row) ?? '';
      return this.#words.every((word) => finds(text, word)) && passes(row, this.filters, this.favourites);
    });
    return sortStations(left, this.order, this.position, (row) => this.#comparison.changeOf(row));
  });

  toggleFavourite(code: string): void {
    const kept = this.#settings.favourites.filter((other) => other !== code);
    this.#settings.favourites = this.favourites.has(code) ? kept : [...kept, code];
  }

  toggleFilter(filter: Filter): void {
    const others = this.filters.filter((other) => other !== filter);
    const shown = this.filters.includes(filter) ? others : [...others, filter];
    this.#route.set({ show: shown.length === 0 ? null : shown.join(',') });
  }

  /** Shows all stations again. */
  widen(): void {
    this.#route.set({ q: null, show: null });
  }

  /** Asks the device where the visitor is; false where it is not told. */
  async locate(): Promise<boolean> {
    const { geolocation } = navigator as { geolocation?: Geolocation };
    if (geolocation === undefined) return false;
    const found = await new Promise<GeolocationPosition | null>((resolve) =>
      geolocation.getCurrentPosition(resolve, () => resolve(null), {
        enableHighAccuracy: true,
        maximumAge: 60_000,
        timeout: 15_000,
      }),
    );
    if (found === null) return false;
    const { latitude: lat, longitude: lon } = found.coords;
    this.position = { lat, lon };
    return true;
  }
}
