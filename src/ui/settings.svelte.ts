import type { PaceSetting } from '../pipeline/protocol.ts';
import { intervals, type Interval } from '../pipeline/schedule.ts';
import { readAlerts, type Alert } from './alerts/alert.ts';
import type { Lang } from './format.ts';

export type Theme = 'light' | 'dark';

interface Stored {
  lang?: Lang | null;
  theme?: Theme | null;
  recording?: boolean;
  interval?: Interval;
  ignoreMetered?: boolean;
  awake?: boolean;
  automatic?: boolean;
  retention?: number;
  portal?: string;
  favourites?: readonly string[];
  alerts?: readonly Alert[];
}

const key = 'velolac.settings';

/** What the visitor chose, kept in this browser for all its tabs. Where storage is refused, kept for the visit. */
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

  /** Follows what is chosen in other tabs; the answer ends it. */
  start(): () => void {
    const follow = (event: StorageEvent): void => {
      if (event.key === key || event.key === null) this.#stored = parse(event.newValue);
    };
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
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

  /** Whether snapshots are taken on schedule: on, unless turned off. */
  get recording(): boolean {
    return this.#stored.recording ?? true;
  }

  set recording(recording: boolean) {
    this.#keep({ recording });
  }

  /** Minutes between two snapshots. */
  get interval(): Interval {
    return this.#stored.interval ?? 1;
  }

  set interval(interval: Interval) {
    this.#keep({ interval });
  }

  /** Whether the pace stays the same where data is metered. */
  get ignoreMetered(): boolean {
    return this.#stored.ignoreMetered ?? false;
  }

  set ignoreMetered(ignoreMetered: boolean) {
    this.#keep({ ignoreMetered });
  }

  get pace(): PaceSetting {
    const { interval, ignoreMetered } = this;
    return { interval, ignoreMetered };
  }

  /** Whether the screen is kept on while the page is seen and records. */
  get awake(): boolean {
    return this.#stored.awake ?? false;
  }

  set awake(awake: boolean) {
    this.#keep({ awake });
  }

  /** Whether a sure proposal for an unknown schema may be applied without asking: not unless the visitor says so. */
  get automatic(): boolean {
    return this.#stored.automatic ?? false;
  }

  set automatic(automatic: boolean) {
    this.#keep({ automatic });
  }

  /** After how many days recorded Bronze may be dropped; null keeps all, unless the visitor says otherwise. */
  get retention(): number | null {
    return this.#stored.retention ?? null;
  }

  set retention(retention: number | null) {
    this.#stored = without(this.#stored, 'retention');
    this.#keep(retention === null ? {} : { retention });
  }

  /** Base address of the portal that every visit reads from; null is the city's own. */
  get portal(): string | null {
    return this.#stored.portal ?? null;
  }

  set portal(portal: string | null) {
    this.#stored = without(this.#stored, 'portal');
    this.#keep(portal === null ? {} : { portal });
  }

  /** Codes of the stations that were starred, the first one first. */
  get favourites(): readonly string[] {
    return this.#stored.favourites ?? [];
  }

  set favourites(favourites: readonly string[]) {
    this.#keep({ favourites });
  }

  /** What the visitor wishes to be told of, the first one first. */
  get alerts(): readonly Alert[] {
    return this.#stored.alerts ?? [];
  }

  set alerts(alerts: readonly Alert[]) {
    this.#keep({ alerts });
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

function without(stored: Stored, name: keyof Stored): Stored {
  return Object.fromEntries(Object.entries(stored).filter(([key]) => key !== name));
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
  const { lang, theme, recording, ignoreMetered, awake, automatic, portal, ...rest } = value as Record<
    string,
    unknown
  >;
  const interval = intervals.find((one) => one === rest['interval']);
  return {
    ...(lang === 'en' || lang === 'fr' ? { lang } : {}),
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    ...(typeof recording === 'boolean' ? { recording } : {}),
    ...(interval === undefined ? {} : { interval }),
    ...(typeof ignoreMetered === 'boolean' ? { ignoreMetered } : {}),
    ...(typeof awake === 'boolean' ? { awake } : {}),
    ...(typeof automatic === 'boolean' ? { automatic } : {}),
    ...(typeof rest['retention'] === 'number' && rest['retention'] > 0
      ? { retention: rest['retention'] }
      : {}),
    ...(typeof portal === 'string' ? { portal } : {}),
    ...(Array.isArray(rest['favourites'])
      ? { favourites: rest['favourites'].filter((code) => typeof code === 'string') }
      : {}),
    ...(rest['alerts'] === undefined ? {} : { alerts: readAlerts(rest['alerts']) }),
  };
}
