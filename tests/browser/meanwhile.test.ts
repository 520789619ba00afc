import { expect, test, vi } from 'vitest';
import type { Answers } from '../../src/gold/answers.ts';
import type { AnalysisFilters } from '../../src/gold/analysisRows.ts';
import { Analyst } from '../../src/pipeline/analyst.ts';
import { compact } from '../../src/pipeline/compact.ts';
import { recordedQuarters } from '../../src/pipeline/recorded.ts';
import { historyOf } from '../../src/pipeline/station.ts';
import { goodSnapshots } from '../../src/pipeline/status.ts';
import { housesOfTest, type TestHouse } from './houses.ts';

const MINUTE = 60_000;
const midnight = Date.UTC(2026, 10, 22);
const at = (minute: number) => midnight + minute * MINUTE;
const open = housesOfTest();

/** Stations in one place, with so many bikes each. */
const told = (minute: number, bikes: number, ...more: string[]) =>
  ['16107', '9020', ...more].map((stationcode) => ({
    ...{ stationcode, name: stationcode, is_installed: 'OUI', is_renting: 'OUI', is_returning: 'OUI' },
    ...{ capacity: 30, numbikesavailable: bikes, numdocksavailable: 30 - bikes, mechanical: bikes, ebike: 0 },
    ...{ duedate: new Date(at(minute)).toISOString() },
    coordonnees_geo: { lon: 2.275725, lat: 48.865983 },
  }));

/** The snapshot that comes while the lake is asked. */
const late = (one: TestHouse, as?: 'bronze') => one.record(at(123), told(123, 4, '1001'), as);

/** A day that is over, an hour of the next that is, and two snapshots since, with a station that is new. */
async function opened(): Promise<TestHouse> {
  const one = await open();
  for (const minute of [-20, -19, 60, 61]) await one.record(at(minute), told(minute, 20));
  await compact(one.house.lake, one.house.source, at(121));
  for (const minute of [121, 122]) await one.record(at(minute), told(minute, 20, '1001'));
  return one;
}

const span = { from: at(-60), to: at(130) };
const filters: AnalysisFilters = {
  ...{ level: 'quartier', from: null, to: null, dayTypes: null, hours: null, areas: null },
};
const ask = (analyst: Analyst, window = span) => analyst.ask(window, filters, () => undefined);

/** Means are sums in no order: their last digits differ. */
const rounded = (answers: Answers): unknown =>
  JSON.parse(JSON.stringify(answers, (_, value) => (typeof value === 'number' ? +value.toFixed(6) : value)));

/** What is told of the span, and of the newest moment in it. */
async function all({ house }: TestHouse) {
  const { lake, source, history } = house;
  return {
    instants: goodSnapshots(lake, source).map(([instant]) => instant),
    quarters: recordedQuarters(lake, source),
    analyses: await ask(new Analyst(house)),
    // As the page asks that keeps its window while snapshots come.
    earlier: await ask(new Analyst(house), { from: span.from, to: at(122) }),
    station: await historyOf(house, '16107', span),
    frames: await history.frames('2026-11-22'),
    range: rounded(await house.answer({ kind: 'range', ...span })),
    instant: await house.answer({ kind: 'instant', at: span.to }),
    newest: await house.answer({ kind: 'newest' }),
  };
}

test('a snapshot counts nowhere before its Silver is written, and then everywhere', async () => {
  const one = await opened();
  const before = await all(one);
  expect(before.analyses!.newest).toBe(at(122));
  await late(one, 'bronze');
  expect(await all(one)).toEqual(before);

  const other = await opened();
  await late(other);
  const after = await all(other);
  for (const question of ['instants', 'analyses', 'station', 'range', 'instant', 'newest'] as const) {
    expect(after[question], question).not.toEqual(before[question]);
  }
});

/** The tables that History reads of `opened`; while it reads the last one it holds the engine, and Silver waits for that. */
const tables = [
  ['silver/station_information', false],
  ['gold/station_edge', false],
  ['silver/station_status', false],
  ['gold/station_hour', true],
] as const;

test.each(tables)(
  'a snapshot that comes while History reads %s is in all of the answer, or in none of it',
  async (table, isHeld) => {
    const quiet = await opened();
    const before = await ask(new Analyst(quiet.house));
    await late(quiet);
    const after = await ask(new Analyst(quiet.house));
    for (const as of ['bronze', undefined] as const) {
      const one = await opened();
      const { lake, engine } = one.house;
      await engine.empty();
      const read = lake.read.bind(lake);
      const meanwhile: { done?: Promise<void> } = {};
      vi.spyOn(lake, 'read').mockImplementation(async (path) => {
        if (path.startsWith(table)) {
          meanwhile.done ??= late(one, as);
          if (!isHeld) await meanwhile.done;
        }
        return read(path);
      });
      const analyst = new Analyst(one.house);
      const answers = await ask(analyst);
      expect(meanwhile.done).toBeDefined();
      await meanwhile.done;
      expect(as === 'bronze' ? [before] : [before, after]).toContainEqual(answers);
      expect(await ask(analyst)).toEqual(as === 'bronze' ? before : after);
    }
  },
);
