import { MediaQuery } from 'svelte/reactivity';
import type { Route } from './route.svelte.ts';
import type { Settings, Theme } from './settings.svelte.ts';

/** Light or dark: the address's, else the one chosen before, else the system's. */
export class Themes {
  readonly #systemDark = new MediaQuery('(prefers-color-scheme: dark)');
  readonly #settings: Settings;
  readonly #route: Route;
  // Derived: the address changes with each step of time, and these do not.
  readonly #chosen: Theme | null = $derived.by(
    () => asTheme(this.#route.params.theme) ?? this.#settings.theme,
  );
  readonly #system: Theme = $derived.by(() => (this.#systemDark.current ? 'dark' : 'light'));
  readonly current: Theme = $derived.by(() => this.#chosen ?? this.#system);

  constructor(settings: Settings, route: Route) {
    this.#settings = settings;
    this.#route = route;
    this.apply();
  }

  /** The other theme; back on the system's, the page follows the system again. */
  toggle(): void {
    const other = this.current === 'dark' ? 'light' : 'dark';
    this.#settings.theme = other === this.#system ? null : other;
    this.#route.set({ theme: null });
  }

  /** Puts the choice on the page. */
  apply(): void {
    const theme = this.#chosen;
    if (theme === null) delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    // The browser's own bars follow the page, and not the system, once one is chosen.
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
      const scheme = meta.dataset['scheme'] ?? 'light';
      const chosen = theme === scheme ? 'all' : 'not all';
      meta.media = theme === null ? `(prefers-color-scheme: ${scheme})` : chosen;
    }
  }
}

function asTheme(text: string | undefined): Theme | null {
  return text === 'light' || text === 'dark' ? text : null;
}
