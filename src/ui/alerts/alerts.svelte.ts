import type { Answers } from '../../gold/answers.ts';
import type { Settings } from '../settings.svelte.ts';
import { keyOf, nothingKnown, turn, type Alert, type Due, type Standing } from './alert.ts';

/** What the browser says to notifications; null where it has none. */
type Permission = NotificationPermission | null;

/** The visitor's alerts, kept across visits and looked at with every snapshot while the page is open. */
export class Alerts {
  permission = $state<Permission>(null);

  readonly #settings: Settings;
  readonly #tell: (due: Due) => Promise<void>;
  #standing: Standing = nothingKnown;
  #newest: Answers | null = null;

  constructor(settings: Settings, tell: (due: Due) => Promise<void>) {
    this.#settings = settings;
    this.#tell = tell;
    this.permission = 'Notification' in globalThis ? Notification.permission : null;
  }

  get all(): readonly Alert[] {
    return this.#settings.alerts;
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

  /** Hears of the newest snapshot. */
  hear(newest: Answers | null): void {
    if (newest === null || newest.to === this.#newest?.to) return;
    this.#newest = newest;
    this.#look();
  }

  #look(): void {
    const { due, standing } = turn(this.all, this.#newest?.stations ?? [], this.#standing);
    this.#standing = standing;
    if (this.permission !== 'granted') return;
    for (const one of due) this.#tell(one).catch((thrown: unknown) => reportError(thrown));
  }

  #others(alert: Alert): readonly Alert[] {
    return this.all.filter((other) => keyOf(other) !== keyOf(alert));
  }
}
