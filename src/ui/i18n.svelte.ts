import { Format, type Lang } from './format.ts';
import { en, type Messages } from './messages/en.ts';
import { fr } from './messages/fr.ts';
import type { Settings } from './settings.svelte.ts';

const dictionaries: Readonly<Record<Lang, Messages>> = { en, fr };

/** The page's language: asked in the address, else chosen before, else the browser's. */
export class I18n {
  lang = $state<Lang>('en');
  readonly m: Messages = $derived(dictionaries[this.lang]);
  readonly f: Format = $derived(new Format(this.lang));
  readonly #settings: Settings;

  constructor(settings: Settings, asked: string | null, languages: readonly string[]) {
    this.#settings = settings;
    this.lang = asLang(asked) ?? settings.lang ?? preferred(languages);
  }

  /** Switches and remembers. */
  choose(lang: Lang): void {
    this.lang = lang;
    this.#settings.lang = lang;
  }
}

function asLang(text: string | null): Lang | null {
  return text === 'en' || text === 'fr' ? text : null;
}

function preferred(languages: readonly string[]): Lang {
  return languages.map((tag) => asLang(tag.slice(0, 2).toLowerCase())).find((lang) => lang !== null) ?? 'en';
}
