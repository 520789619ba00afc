import type { Lang } from './format.ts';

export type Theme = 'light' | 'dark';

interface Stored {
  lang?: Lang | null;
  theme?: Theme | null;
  recording?: boolean;
  automatic?: boolean;
  portal?: string;
}

const key = 'velolac.settings';

/** What the visitor chose, kept in this browser. Where storage is refused, kept for the visit. */
export class Settings {
  #stored = $state.raw<Stored>({});
  #storage: Storage | null = null;

  constructor() {
    try {
      this.#storage = globalThis.localStorage;
      this.#stored = parse(this.#storage.getItem(key));
    } catch {
      // Storage refused (a sandboxed frame, cookies blocked): the choices live in memory.
      this.#storage = null;
    }
  }

  /** Null follows the browser. */
  get lang(): Lang | null {
    return this.#stored.lang ?? null;
  }

  set lang(lang: Lang | null) {
    this.#keep({ lang });
  }

  /** Null follows the system. */
  get theme(): Theme | null {
    return this.#stored.theme ?? null;
  }

  set theme(theme: Theme | null) {
    this.#keep({ theme });
  }

  /** The switch *Record every minute*: on, unless turned off or the device asks to save data. */
  get recording(): boolean {
    return this.#stored.recording ?? !savesData();
  }

  set recording(recording: boolean) {
    this.#keep({ recording });
  }

  /** Whether a sure proposal for an unknown schema may be applied without asking: not unless the visitor says so. */
  get automatic(): boolean {
    return this.#stored.automatic ?? false;
  }

  set automatic(automatic: boolean) {
    this.#keep({ automatic });
  }

  /** Base address of the portal that every visit reads from; null is the city's own. */
  get portal(): string | null {
    return this.#stored.portal ?? null;
  }

  set portal(portal: string | null) {
    this.#stored = Object.fromEntries(Object.entries(this.#stored).filter(([name]) => name !== 'portal'));
    this.#keep(portal === null ? {} : { portal });
  }

  #keep(change: Stored): void {
    this.#stored = { ...this.#stored, ...change };
    try {
      this.#storage?.setItem(key, JSON.stringify(this.#stored));
    } catch {
      // A full or withdrawn storage must not break a switch.
      this.#storage = null;
    }
  }
}

function parse(text: string | null): Stored {
  if (text === null) return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const { lang, theme, recording, automatic, portal } = value as Record<string, unknown>;
  return {
    ...(lang === 'en' || lang === 'fr' ? { lang } : {}),
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    ...(typeof recording === 'boolean' ? { recording } : {}),
    ...(typeof automatic === 'boolean' ? { automatic } : {}),
    ...(typeof portal === 'string' ? { portal } : {}),
  };
}

function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
