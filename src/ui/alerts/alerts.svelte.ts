import type { Answers } from '../../gold/answers.ts';
import type { Settings } from '../settings.svelte.ts';
import { keyOf, leftOf, nothingKnown, turn, type Alert, type Due, type Standing } from './alert.ts';

/** What the browser says to notifications; null where it has none. */
type Permission = NotificationPermission | null;

/** An alert that came true at a snapshot, milliseconds since the epoch. */
export interface Fired extends Due {
  readonly at: number;
}

/** So many stand in the page at once, the newest. */
const MOST = 3;

/** The visitor's alerts, kept across visits and looked at with every snapshot while the page is open. */
export class Alerts {
  permission = $state<Permission>(null);
  /** What the page shows until it is closed, oldest first: whether or not the browser shows it too. */
  fired = $state.raw<readonly Fired[]>([]);

  readonly #settings: Settings;
  readonly #tell: (due: Due) => Promise<void>;
  #standing: Standing = nothingKnown;
  #newest = $state.raw<Answers | null>(null);

  constructor(settings: Settings, tell: (due: Due) => Promise<void>) {
    this.#settings = settings;
    this.#tell = tell;
    this.permission = permissionNow();
  }

  get all(): readonly Alert[] {
    return this.#settings.alerts;
  }

  /** Follows what the browser says to notifications; the answer stops. */
  follow(): () => void {
    const ended = new AbortController();
    const { permissions } = navigator as { permissions?: Permissions };
    const look = (): void => void (this.permission = permissionNow());
    permissions?.query({ name: 'notifications' }).then(
      (status) => status.addEventListener('change', look, { signal: ended.signal }),
      // Some browsers do not tell of it: then what was known stays.
      () => undefined,
    );
    return () => ended.abort();
  }

  /** Sets an alert, in place of the station's other one of the kind; asks for permission: to be called in a gesture. */
  async set(alert: Alert): Promise<void> {
    const others = this.#others(alert);
    this.#settings.alerts = [...others, alert];
    // From here on, and not since the other limit.
    this.#standing = turn(others, [], this.#standing).standing;
    this.#look();
    if (this.permission === 'default') this.permission = await Notification.requestPermission();
  }

  remove(alert: Alert): void {
    this.#settings.alerts = this.#others(alert);
  }

  /** Takes what was shown away. */
  close(alert: Alert): void {
    this.fired = this.fired.filter((one) => keyOf(one.alert) !== keyOf(alert));
  }

  /** What the newest snapshot has left of an alert's ware where that is too little; null where it is not. */
  lacking({ code, ware, below }: Alert): number | null {
    const row = this.#newest?.stations.find(({ station_code }) => station_code === code);
    const left = row === undefined ? null : leftOf(ware, row);
    return left !== null && left < below ? left : null;
  }

  /** Hears of the newest snapshot. */
  hear(newest: Answers | null): void {
    if (newest === null || newest.to === this.#newest?.to) return;
    this.#newest = newest;
    this.#look();
  }

  #look(): void {
    const newest = this.#newest;
    if (newest === null) return;
    const { due, standing } = turn(this.all, newest.stations, this.#standing);
    this.#standing = standing;
    for (const one of due) {
      this.close(one.alert);
      this.fired = [...this.fired, { ...one, at: newest.to }].slice(-MOST);
      if (this.permission === 'granted') this.#tell(one).catch((thrown: unknown) => reportError(thrown));
    }
  }

  #others(alert: Alert): readonly Alert[] {
    return this.all.filter((other) => keyOf(other) !== keyOf(alert));
  }
}

function permissionNow(): Permission {
  return 'Notification' in globalThis ? Notification.permission : null;
}
