import { Format, type Lang } from './format.ts';
import { en, type Messages } from './messages/en.ts';
import { fr } from './messages/fr.ts';
import type { Route } from './route.svelte.ts';
import type { Settings } from './settings.svelte.ts';

const dictionaries: Readonly<Record<Lang, Messages>> = { en, fr };

/** The page's language: the address's, else the one chosen before, else the browser's. */
export class I18n {
  readonly #settings: Settings;
  readonly #route: Route;
  /** Said in the address's query, as older links do. */
  #asked = $state<Lang | null>(null);
  readonly #browser: Lang;

  constructor(settings: Settings, route: Route, asked: string | null, languages: readonly string[]) {
    this.#settings = settings;
    this.#route = route;
    this.#asked = asLang(asked);
    this.#browser = preferred(languages);
  }

  readonly lang: Lang = $derived.by(
    () => asLang(this.#route.params.lang) ?? this.#asked ?? this.#settings.lang ?? this.#browser,
  );
  readonly m: Messages = $derived(dictionaries[this.lang]);
  readonly f: Format = $derived(new Format(this.lang));

  /** Switches and remembers; the address no longer says another. */
  choose(lang: Lang): void {
    this.#asked = null;
    this.#settings.lang = lang;
    this.#route.set({ lang: null });
  }
}

function asLang(text: string | null | undefined): Lang | null {
  return text === 'en' || text === 'fr' ? text : null;
}

function preferred(languages: readonly string[]): Lang {
  return languages.map((tag) => asLang(tag.slice(0, 2).toLowerCase())).find((lang) => lang !== null) ?? 'en';
}
