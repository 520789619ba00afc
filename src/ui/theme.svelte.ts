import { MediaQuery } from 'svelte/reactivity';
import type { Settings, Theme } from './settings.svelte.ts';

/** Light or dark: the system's, until the visitor says otherwise. */
export class Themes {
  readonly #systemDark = new MediaQuery('(prefers-color-scheme: dark)');
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.apply();
  }

  get current(): Theme {
    return this.#settings.theme ?? this.#system;
  }

  /** The other theme; back on the system's, the page follows the system again. */
  toggle(): void {
    const other = this.current === 'dark' ? 'light' : 'dark';
    this.#settings.theme = other === this.#system ? null : other;
    this.apply();
  }

  apply(): void {
    const { theme } = this.#settings;
    if (theme === null) delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }

  get #system(): Theme {
    return this.#systemDark.current ? 'dark' : 'light';
  }
}
