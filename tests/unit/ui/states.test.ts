import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../src/gold/answers.ts';
import type { LakeFileRow, LakeStatus, LakeTotals } from '../../../src/pipeline/protocol.ts';
import { firstPreset, toSelection } from '../../../src/ui/choice.ts';
import { Format } from '../../../src/ui/format.ts';
import { freshness } from '../../../src/ui/freshness.ts';
import { groupFiles, holdsNothing, sizes } from '../../../src/ui/lake/grouping.ts';
import { en } from '../../../src/ui/messages/en.ts';
import { notices, resumes } from '../../../src/ui/notices.ts';
import { address, columnAddress, parsePlace, stationAddress } from '../../../src/ui/route.svelte.ts';

const minute = 60_000;
const newest = { kind: 'newest' } as const;
const status = (change: Partial<LakeStatus> = {}): LakeStatus =>
  ({
    world: 'live',
    recording: true,
    persistent: true,
    writer: true,
    writing_since: null,
    failure: null,
    newest: null,
    live_available: false,
    pace: { interval: 1, reason: 'setting', until: null },
    clock_skew: null,
    totals: { last: null } as LakeTotals,
    ...change,
  }) as LakeStatus;
const answers = (to: number): Answers => ({ selection: newest, to }) as unknown as Answers;

describe('freshness', () => {
  test('is stale past three minutes, recording or not', () => {
    expect(freshness(answers(0), status(), newest, 2 * minute).kind).toBe('age');
    expect(freshness(answers(0), status(), newest, 4 * minute).kind).toBe('stale');
    const pace = { interval: 15, reason: 'setting', until: null } as const;
    expect(freshness(answers(0), status({ pace }), newest, 16 * minute).kind).toBe('age');
    expect(freshness(answers(0), status({ pace }), newest, 18 * minute).kind).toBe('stale');
    expect(freshness(answers(0), status({ recording: false }), newest, 4 * minute).kind).toBe('stale');
  });

  test('of the sample and of a chosen moment is their date', () => {
    expect(freshness(answers(0), status({ world: 'sample' }), newest, 9e12).kind).toBe('past');
    expect(freshness(answers(0), status(), { kind: 'instant', at: 0 }, 9e12).kind).toBe('past');
    expect(freshness(null, null, newest, 0).kind).toBe('none');
  });
});

describe('notices', () => {
  const tell = (change: Partial<LakeStatus>, online = true): string[] =>
    notices(
      {
        ...{ status: status(change), problem: null, chosen: false, online },
        ...{ recorded: true, shown: null, renamed: [] },
      },
      en,
      new Format('en'),
    ).map(({ id }) => id);
  const failure = { at: 0, error: { code: 'portal.busy', message: '', details: {} } } as const;

  test('none when all is well', () => expect(tell({})).toEqual([]));

  test('one for each thing that is not as usual', () => {
    expect(tell({ failure })).toEqual(['failure']);
    expect(tell({ failure }, false)).toEqual(['offline']);
    expect(tell({ clock_skew: 420_000 })).toEqual(['clock']);
    const slowed = { interval: 5, until: 0 } as const;
    expect(tell({ pace: { ...slowed, reason: 'quota' } })).toEqual(['pace']);
    expect(tell({ pace: { ...slowed, reason: 'save_data' } })).toEqual(['pace']);
    expect(tell({ pace: { ...slowed, reason: 'quota' }, recording: false })).toEqual([]);
    expect(tell({ pace: { ...slowed, reason: 'back_off' }, failure })).toEqual(['failure']);
    expect(tell({ persistent: false, writer: false })).toEqual(['memory', 'reader']);
    expect(tell({ writer: false, writing_since: 0, recording: false })).toEqual(['reader']);
    expect(tell({ world: 'sample', failure })).toEqual(['sample']);
  });

  test('the sample says that the portal is silent only when it is', () => {
    const tellOf = (change: Partial<LakeStatus>, shown: number | null, chosen = false) => {
      const situation = { problem: null, chosen, online: true, recorded: true, shown, renamed: [] };
      const sample = status({ world: 'sample', ...change });
      return notices({ status: sample, ...situation }, en, new Format('en'))[0];
    };
    const say = (...situation: Parameters<typeof tellOf>): string | undefined => tellOf(...situation)?.text;
    const day = Date.UTC(2024, 10, 9, 12);
    expect(say({}, null)).toBe('Opening the bundled day…');
    expect(say({}, day)).toBe('The bundled day, 9 November 2024.');
    expect(say({ failure }, day)).toContain('cannot be reached');
    expect(tellOf({ failure }, day, true)).toMatchObject({ tone: 'plain', actions: ['live'] });
    expect(say({ failure }, day, true)).toBe('The bundled day, 9 November 2024.');
    expect(say({ live_available: true }, day)).toContain('answers now');
  });

  test('nothing is promised where nothing comes by itself', () => {
    const off = { recording: false, next_at: null };
    expect([resumes(status()), resumes(status(off)), resumes(null)]).toEqual([true, false, false]);
    expect(resumes(status({ ...off, next_at: 5 }))).toBe(true);
    expect(resumes(status({ world: 'sample' }))).toBe(false);
  });

  test('a snapshot in quarantine leads to Health, with the likely new name where that is known', () => {
    const error = {
      code: 'silver.schema',
      message: '',
      details: { columns: 'num_bikes_available' },
    } as const;
    const situation = {
      status: status({ failure: { at: 0, error } }),
      problem: null,
      chosen: false,
      online: true,
      recorded: true,
      shown: null,
    };
    const [plain] = notices({ ...situation, renamed: [] }, en, new Format('en'));
    expect(plain?.actions).toEqual(['health']);
    expect(plain?.text).toContain('“num_bikes_available”');
    const renamed = [
      { name: 'numbikesavailable', likely: 'velos' },
      { name: 'numdocksavailable', likely: null },
    ];
    expect(notices({ ...situation, renamed }, en, new Format('en'))[0]?.text).toBe(
      'The portal no longer sends “numbikesavailable” (it looks like “velos” now) and “numdocksavailable”. ' +
        'What it sends is kept in Bronze.',
    );
  });

  test('the same failure is told once', () => {
    const situation = {
      status: status({ failure }),
      problem: failure.error,
      chosen: false,
      online: true,
      recorded: false,
      shown: null,
      renamed: [],
    };
    expect(notices(situation, en, new Format('en')).map(({ id }) => id)).toEqual(['failure']);
  });
});

describe('choice', () => {
  test('a preset follows the newest snapshot', () => {
    const hour = { kind: 'preset', preset: 'hour' } as const;
    expect(toSelection(hour, 0, 7_200_000)).toEqual({ kind: 'range', from: 3_600_000, to: 7_200_000 });
    expect(toSelection({ kind: 'preset', preset: 'all' }, 5, 9)).toEqual({ kind: 'range', from: 5, to: 9 });
    expect(toSelection(hour, null, null)).toEqual(newest);
  });

  test('a preset longer than the lake is the whole lake', () => {
    const week = { kind: 'preset', preset: 'week' } as const;
    expect(toSelection(week, 5, 9)).toEqual({ kind: 'range', from: 5, to: 9 });
  });

  test('an average begins with the last hour, if that has two snapshots', () => {
    expect(firstPreset([0, 7_200_000 - minute, 7_200_000])).toBe('hour');
    expect(firstPreset([0, 7_200_000])).toBe('all');
  });
});

describe('route', () => {
  test('reads its own addresses, and Now from anything else', () => {
    const now = { view: 'now', layer: null, column: 'city', station: null };
    const stations = { ...now, column: 'stations' };
    expect(parsePlace(address('now'))).toEqual(now);
    expect(parsePlace(columnAddress('stations'))).toEqual(stations);
    expect(parsePlace(stationAddress('16107'))).toEqual({ ...stations, station: '16107' });
    expect(parsePlace(stationAddress('a/b é%'))).toEqual({ ...stations, station: 'a/b é%' });
    expect([parsePlace('#/station/'), parsePlace('#/station/%')]).toEqual([stations, stations]);
    expect(parsePlace(address('lake'))).toEqual({ ...now, view: 'lake' });
    expect(parsePlace(address('lake', 'silver'))).toEqual({ ...now, view: 'lake', layer: 'silver' });
    expect(parsePlace(address('health'))).toEqual({ ...now, view: 'health' });
    expect(parsePlace('#/lake/nowhere')).toEqual({ ...now, view: 'lake' });
    expect(parsePlace('#elsewhere').view).toBe('now');
  });
});

describe('lake', () => {
  const file = (path: string, layer: LakeFileRow['layer'], day: string | null, to: number): LakeFileRow => ({
    ...{ path, layer, bytes: 10, rows: null, snapshots: 1, from: to, to, day },
  });

  test('the journal is a section of its own at the end, and alone it is an empty lake', () => {
    const journal = file('journal/2026-11-24.jsonl', 'journal', '2026-11-24', 9);
    const groups = groupFiles([journal, file('a', 'silver', '2026-11-22', 1)], null);
    expect(groups.map(({ day, journal }) => [day, journal])).toEqual([
      ['2026-11-22', false],
      [null, true],
    ]);
    expect(holdsNothing([journal])).toBe(true);
    expect(holdsNothing([journal, file('a', 'silver', null, 1)])).toBe(false);
  });

  test('groups files by day, newest first, then by layer', () => {
    const groups = groupFiles(
      [
        file('a', 'silver', '2026-11-22', 1),
        file('b', 'bronze', '2026-11-23', 2),
        file('c', 'bronze', '2026-11-23', 3),
        file('d', 'silver', null, 0),
      ],
      null,
    );
    expect(groups.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-22', null]);
    expect(groups[0]?.layers[0]?.files.map(({ path }) => path)).toEqual(['c', 'b']);
    expect(groups[0]?.bytes).toBe(20);
  });

  test('splits Bronze and Silver into before and after compaction', () => {
    const totals = {
      bronze_csv_bytes: 100,
      silver_bytes: 12,
      compacted_bronze_csv_bytes: 80,
      compacted_silver_bytes: 4,
    } as LakeTotals;
    const { fresh, compacted, information, all } = sizes(totals, 3);
    expect(fresh).toEqual({ bronze: 20, silver: 5 });
    expect(information).toEqual({ bronze: 0, silver: 3 });
    expect(compacted).toEqual({ bronze: 80, silver: 4 });
    expect(all).toEqual({ bronze: 100, silver: 12 });
  });
});
