import type { Stage } from '../../pipeline/protocol.ts';
import { errors } from './en.errors.ts';
import { lake } from './en.lake.ts';
import { now } from './en.now.ts';
import { share } from './en.share.ts';
import { time } from './en.time.ts';

/** Every sentence of the page in English. Parameters arrive formatted. */
export const en = {
  errors,
  colon: ':',
  figuresOf: (title: string) => `Figures: ${title}`,
  skip: 'Skip to the content',
  views: 'Views',
  now: 'Now',
  history: 'History',
  lake: 'Lake',
  health: 'Health',
  waiting: (n: number, count: string) =>
    n === 1 ? '1 schema waits for your word' : `${count} schemas wait for your word`,
  opening: 'Opening…',
  failedToOpen: 'This part of the page could not be loaded. Reload the page.',
  header: {
    record: 'Record now',
    recordBrief: 'Record now',
    recording: 'Recording…',
    every: (n: number, minutes: string) =>
      n === 1 ? 'Record every minute' : `Record every ${minutes} minutes`,
    slowed: { quota: 'for the portal’s quota to last', save_data: 'to save data' },
    next: (left: string) => `next in ${left}`,
    off: 'off',
    offline: 'offline',
    elsewhere: 'in another tab',
    toDark: 'Dark theme',
    toLight: 'Light theme',
    other: 'Français',
    preferences: 'Language and theme',
    portal: (host: string) => `Portal: ${host}`,
    sample: (date: string) => `Recorded ${date}`,
    shown: (moment: string) => `Showing ${moment}`,
    bundled: 'A bundled day',
  },
  ...now,
  ...share,
  time,
  strip: {
    title: 'Pipeline',
    stages: { fetch: 'Portal', bronze: 'Bronze', silver: 'Silver', gold: 'Gold' } satisfies Record<
      Stage,
      string
    >,
    waiting: 'waiting',
    off: 'off',
    newest: (when: string) => `newest: ${when}`,
    running: {
      fetch: 'fetching…',
      bronze: 'keeping the file…',
      silver: 'checking, casting…',
      gold: 'answering…',
    } satisfies Record<Stage, string>,
    rows: {
      fetch: (n: number, count: string) => (n === 1 ? '1 record' : `${count} records`),
      bronze: (n: number, count: string) => (n === 1 ? '1 row' : `${count} rows`),
      silver: (n: number, count: string) => (n === 1 ? '1 row' : `${count} rows`),
      gold: (n: number, count: string) => (n === 1 ? '1 answer' : `${count} answers`),
    } satisfies Record<Stage, (n: number, count: string) => string>,
    files: { fetch: 'JSON', bronze: 'CSV', silver: 'Parquet', gold: 'rows' } satisfies Record<Stage, string>,
    failed: 'failed',
    /** One word or two: the sentence is told elsewhere. */
    failures: (code: string): string => {
      if (code === 'portal.unreachable' || code === 'portal.cors') return 'unreachable';
      if (code === 'portal.quota') return 'quota spent';
      if (code === 'portal.timeout') return 'too slow';
      return code === 'portal.busy' ? 'busy' : 'failed';
    },
    open: (stage: string) => `Show the files of ${stage}`,
  },
  ...lake,
  notices: {
    sample: (date: string) => `Recorded ${date}: the live portal cannot be reached.`,
    sampleDay: (date: string) => `The bundled day, ${date}.`,
    sampleOpening: 'Opening the bundled day…',
    sampleSilent: 'The live portal cannot be reached. Opening the bundled day…',
    sampleLive: (date: string) => `You are looking at ${date}. The live portal answers now.`,
    goLive: 'Go live',
    showSample: 'Show the bundled day',
    retry: 'Try again',
    offline: (resumes: boolean): string =>
      resumes
        ? 'You are offline. What was recorded stays here, and recording resumes by itself.'
        : 'You are offline. What was recorded stays here.',
    slowedByQuota: (minutes: string, until: string) =>
      `The portal’s quota would not last: recording every ${minutes} minutes until ${until}.`,
    slowedToSave: (minutes: string) =>
      `Your connection or device asks to save data: recording every ${minutes} minutes.`,
    clockSlow: (span: string) =>
      `This device’s clock is about ${span} slow. Times of snapshots are off by that.`,
    clockFast: (span: string) =>
      `This device’s clock is about ${span} fast. Times of snapshots are off by that.`,
    recovered: (moment: string, lines: string, files: string) =>
      `The lake’s journal was damaged and was rebuilt from the files, ${moment}: ${lines}, ${files} taken in again. What else those lines told may be gone.`,
    lines: (n: number, count: string) => (n === 1 ? '1 line lost' : `${count} lines lost`),
    memory: 'This browser gives the page no storage: what is recorded lasts until you close the tab.',
    reader: (since: string | null, recording: boolean): string => {
      const from = since === null ? '' : ` since ${since}`;
      return recording
        ? `Another tab records${from}. This one shows the same lake.`
        : `Another tab keeps the lake${from}; recording is switched off there.`;
    },
    gone: (names: string) => `The portal no longer sends ${names}. What it sends is kept in Bronze.`,
    name: (name: string) => `“${name}”`,
    renamed: (name: string, likely: string) => `“${name}” (it looks like “${likely}” now)`,
    toHealth: 'Look at it in Health',
    dismiss: 'Dismiss',
    update: 'A new version of Vélolac is ready. Its other tabs reload, too.',
    updateElsewhere: 'A new version of Vélolac is ready. Reload in the tab that records; this one follows.',
    reloadAfter: 'Reload after the work under way',
    reloading: 'Reloading when the work is over…',
    reload: 'Reload',
    later: 'Later',
    offlineReady: 'Vélolac now works offline.',
    recorded: (stations: string, time: string) => `Recorded ${stations} stations at ${time}.`,
  },
  licence: {
    data: 'Data',
    line: '© Ville de Paris / Smovengo / Agemob — ODbL',
    boundaries: 'Boundaries © Ville de Paris (ODbL), Institut Paris Region / IGN (Licence Ouverte)',
  },
};

export type Messages = typeof en;
