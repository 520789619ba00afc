import type { Lang } from '../format.ts';
import { alerts as alertsInEnglish } from './en.alerts.ts';
import { backup as backupInEnglish } from './en.backup.ts';
import { compare as compareInEnglish } from './en.compare.ts';
import { data as dataInEnglish } from './en.data.ts';
import { health as healthInEnglish } from './en.health.ts';
import { history as historyInEnglish } from './en.history.ts';
import { imports as importsInEnglish } from './en.imports.ts';
import { map as mapInEnglish } from './en.map.ts';
import { record as recordInEnglish } from './en.record.ts';
import { recorder as recorderInEnglish } from './en.recorder.ts';
import { space as spaceInEnglish } from './en.space.ts';
import { station as stationInEnglish } from './en.station.ts';
import { stations as stationsInEnglish } from './en.stations.ts';
import { verify as verifyInEnglish } from './en.verify.ts';
import { alerts as alertsInFrench } from './fr.alerts.ts';
import { backup as backupInFrench } from './fr.backup.ts';
import { compare as compareInFrench } from './fr.compare.ts';
import { data as dataInFrench } from './fr.data.ts';
import { health as healthInFrench } from './fr.health.ts';
import { history as historyInFrench } from './fr.history.ts';
import { imports as importsInFrench } from './fr.imports.ts';
import { map as mapInFrench } from './fr.map.ts';
import { record as recordInFrench } from './fr.record.ts';
import { recorder as recorderInFrench } from './fr.recorder.ts';
import { space as spaceInFrench } from './fr.space.ts';
import { station as stationInFrench } from './fr.station.ts';
import { stations as stationsInFrench } from './fr.stations.ts';
import { verify as verifyInFrench } from './fr.verify.ts';

const english = {
  alerts: alertsInEnglish,
  backup: backupInEnglish,
  compare: compareInEnglish,
  data: dataInEnglish,
  health: healthInEnglish,
  history: historyInEnglish,
  imports: importsInEnglish,
  map: mapInEnglish,
  record: recordInEnglish,
  recorder: recorderInEnglish,
  space: spaceInEnglish,
  station: stationInEnglish,
  stations: stationsInEnglish,
  verify: verifyInEnglish,
};

/** Sentences of what is loaded when it is asked for: Health, the import and the space in Lake, the stations in Now. */
export type ViewMessages = typeof english;

export const viewMessages: Readonly<Record<Lang, ViewMessages>> = {
  en: english,
  fr: {
    alerts: alertsInFrench,
    backup: backupInFrench,
    compare: compareInFrench,
    data: dataInFrench,
    health: healthInFrench,
    history: historyInFrench,
    imports: importsInFrench,
    map: mapInFrench,
    record: recordInFrench,
    recorder: recorderInFrench,
    space: spaceInFrench,
    station: stationInFrench,
    stations: stationsInFrench,
    verify: verifyInFrench,
  },
};
