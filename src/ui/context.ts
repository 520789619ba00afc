import { createContext } from 'svelte';
import type { AppUpdate } from '../offline/update.svelte.ts';
import type { Alerts } from './alerts/alerts.svelte.ts';
import type { Clock } from './clock.svelte.ts';
import type { I18n } from './i18n.svelte.ts';
import type { Imports } from './imports/imports.svelte.ts';
import type { Lakehouse } from './lakehouse.svelte.ts';
import type { Route } from './route.svelte.ts';
import type { Settings } from './settings.svelte.ts';
import type { Stations } from './stations/stations.svelte.ts';
import type { Comparison } from './time/comparison.svelte.ts';
import type { Timeline } from './time/timeline.svelte.ts';
import type { Themes } from './theme.svelte.ts';
import type { WakeLock } from './wakeLock.svelte.ts';

/** What every component may use. */
export interface Page {
  readonly lakehouse: Lakehouse;
  readonly imports: Imports;
  readonly settings: Settings;
  readonly i18n: I18n;
  readonly themes: Themes;
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly comparison: Comparison;
  readonly route: Route;
  readonly stations: Stations;
  readonly alerts: Alerts;
  readonly update: AppUpdate;
  readonly wakeLock: WakeLock;
  /** Tells a screen reader, and shows for a moment, what came of an action. */
  readonly say: (text: string) => void;
}

export const [getPage, setPage] = createContext<Page>();
