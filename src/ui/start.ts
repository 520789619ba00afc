import { mount } from 'svelte';
import type { AppUpdate } from '../offline/update.svelte.ts';
import { parseClock } from '../pipeline/clock.ts';
import type { Recorder, World } from '../pipeline/protocol.ts';
import { Alerts } from './alerts/alerts.svelte.ts';
import App from './App.svelte';
import './base.css';
import './print/print.css';
import { Clock } from './clock.svelte.ts';
import { I18n } from './i18n.svelte.ts';
import { Imports } from './imports/imports.svelte.ts';
import { Lakehouse } from './lakehouse.svelte.ts';
import { Route } from './route.svelte.ts';
import { Settings } from './settings.svelte.ts';
import { Stations } from './stations/stations.svelte.ts';
import { Themes } from './theme.svelte.ts';
import { Comparison } from './time/comparison.svelte.ts';
import { momentOf } from './time/momentName.ts';
import { Timeline } from './time/timeline.svelte.ts';
import './tokens.css';
import { WakeLock } from './wakeLock.svelte.ts';

/** Puts the page on the screen and opens the lakehouse that its address asks for. */
export function startPage(recorder: Recorder, update: AppUpdate): void {
  const query = new URLSearchParams(location.search);
  const clock = query.get('clock');
  const settings = new Settings();
  const portal = query.get('portal') ?? settings.portal;
  const time = parseClock(clock);
  const lakehouse = new Lakehouse(recorder);
  const route = new Route();
  const i18n = new I18n(settings, route, query.get('lang'), navigator.languages);
  const comparison = new Comparison(lakehouse);
  const at = momentOf(route.params.at);
  if (at !== null) lakehouse.choice = { kind: 'instant', at };
  comparison.at = momentOf(route.params.before);
  const page = {
    lakehouse,
    imports: new Imports(lakehouse),
    settings,
    i18n,
    themes: new Themes(settings, route),
    clock: new Clock(() => time.now()),
    comparison,
    timeline: new Timeline(lakehouse, comparison),
    route,
    stations: new Stations(lakehouse, comparison, route, settings),
    alerts: new Alerts(settings, (due) =>
      import('./alerts/notify.ts').then(({ notify }) => notify(due, i18n)),
    ),
    update,
    wakeLock: new WakeLock(),
  };
  const target = document.querySelector('#app') ?? document.body;
  void lakehouse.open({
    portal,
    base: document.baseURI,
    recording: settings.recording,
    pace: settings.pace,
    world: asWorld(query.get('world')),
    clock,
    automatic: settings.automatic,
    retention: settings.retention,
  });
  const props = { page, portal: portal === null ? null : hostOf(portal), kiosk: query.has('kiosk') };
  // In a task of its own: reading the modules was one already.
  setTimeout(() => mount(App, { target, props }), 0);
}

function hostOf(portal: string): string {
  return URL.canParse(portal) ? new URL(portal).host : portal;
}

function asWorld(text: string | null): World | null {
  return text === 'live' || text === 'sample' ? text : null;
}
