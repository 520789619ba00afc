import { describe, expect, test } from 'vitest';
import type { AreaRow, StationRow } from '../../../src/gold/answers.ts';
import type { Frames } from '../../../src/pipeline/protocol.ts';
import { momentOf, nameOf } from '../../../src/ui/time/momentName.ts';
import { areaChanges, changeOf } from '../../../src/ui/time/change.ts';
import { draw } from '../../../src/ui/time/frame.ts';
import { FrameStore } from '../../../src/ui/time/frameStore.ts';
import { bars } from '../../../src/ui/time/line.ts';
import { timeMarks } from '../../../src/ui/time/marks.ts';
import { Recorded } from '../../../src/ui/time/recorded.ts';
import { Scale } from '../../../src/ui/time/scale.ts';

const quarter = 900_000;
/** 10:00 in Paris. */
const nine = Date.UTC(2024, 10, 9, 9);
/** 9:00, 9:15, nothing for 45 minutes, 10:15 UTC. */
const recorded = new Recorded({ first: nine, bikes: Int32Array.of(100, 200, -1, -1, -1, 300) });

describe('the record by the quarter-hour', () => {
  test('an instant is shown by the quarter-hour that it is in, or by the end it lies beyond', () => {
    expect(recorded.indexOf(nine)).toBe(0);
    expect(recorded.indexOf(nine + 1)).toBe(1);
    expect(recorded.indexOf(nine - 86_400_000)).toBe(0);
    expect(recorded.indexOf(nine + 86_400_000)).toBe(5);
    expect(recorded.at(5)).toBe(nine + 5 * quarter);
  });

  test('a step leads over a gap, either way, and says what it passed over', () => {
    expect(recorded.step(0, 1)).toEqual({ index: 1, missed: 0 });
    expect(recorded.step(1, 1)).toEqual({ index: 5, missed: 3 });
    expect(recorded.step(5, -1)).toEqual({ index: 1, missed: 3 });
    expect(recorded.step(0, 4)).toEqual({ index: 5, missed: 3 });
    expect(recorded.step(5, 4)).toEqual({ index: 5, missed: 0 });
    expect(recorded.step(0, -4)).toEqual({ index: 0, missed: 0 });
  });

  test('the nearest place that has a snapshot is found from within a gap', () => {
    expect([0, 2, 3, 4].map((index) => recorded.nearest(index))).toEqual([0, 1, 1, 5]);
  });

  test('of the day up to a place, the quarter-hours with snapshots are counted', () => {
    expect([0, 1, 4, 5].map((index) => recorded.dayUpTo(index))).toEqual([1, 2, 2, 3]);
    const long = new Recorded({ first: nine, bikes: new Int32Array(200).fill(1) });
    expect([47, 150].map((index) => long.dayUpTo(index))).toEqual([48, 96]);
  });

  test('only what a snapshot tells of is covered', () => {
    expect([-1, 0, 1, 2, 4, 5, 6].map((index) => recorded.covers(recorded.at(index)))).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  test('nothing recorded is no place at all', () => {
    const none = new Recorded(null);
    expect([none.count, none.last, none.indexOf(nine), none.nearest(0)]).toEqual([0, -1, 0, 0]);
    expect(none.step(0, 1)).toEqual({ index: 0, missed: 0 });
    expect(bars(none, new Scale(none, 600))).toBe('');
  });
});

describe('the line', () => {
  const drawn = (record: Recorded) => [
    ...bars(record, new Scale(record, 600)).matchAll(/M([\d.]+) 30v-([\d.]+)h([\d.]+)/g),
  ];

  test('has a bar a quarter-hour, higher the more bikes, and none in a gap', () => {
    // Six quarter-hours at the end of 96.
    expect(drawn(recorded).map(([, x, y]) => [Math.floor((Number(x) / 1000) * 96), y])).toEqual([
      [90, '10'],
      [91, '20'],
      [95, '30'],
    ]);
  });

  test('takes quarter-hours together where there are more than can be seen', () => {
    const year = new Recorded({ first: nine, bikes: new Int32Array(35_040).fill(1) });
    expect(drawn(year).length).toBeLessThanOrEqual(480);
  });

  test('has no bar that is broad, however little is recorded', () => {
    const lone = [
      new Int32Array([5]),
      Int32Array.from({ length: 2000 }, (_, at) => (at % 1999 === 0 ? 5 : -1)),
    ];
    for (const bikes of lone) {
      const widths = drawn(new Recorded({ first: nine, bikes })).map(([, , , width]) => Number(width));
      expect(Math.max(...widths)).toBeLessThanOrEqual(12);
    }
  });

  test('is marked by hours of a day, by days, or by months, and never by more than there is room for', () => {
    const day = 24 * 60 * 60_000;
    const hours = timeMarks(nine, nine + day / 2, 5);
    // Paris is an hour ahead: noon, 15, 18 and 21 o'clock.
    expect(hours).toEqual(
      [11, 14, 17, 20].map((hour) => ({ at: Date.UTC(2024, 10, 9, hour), kind: 'hour' })),
    );
    const week = timeMarks(nine, nine + 7 * day, 10);
    expect(week).toHaveLength(7);
    expect(week[0]).toEqual({ at: Date.UTC(2024, 10, 9, 23), kind: 'day' });
    // The clock goes forward on 30 March 2025: midnights stay midnights.
    const spring = timeMarks(Date.UTC(2025, 2, 28), Date.UTC(2025, 3, 2), 10);
    expect(spring.map(({ at }) => new Date(at).getUTCHours())).toEqual([23, 23, 22, 22, 22]);
    const year = timeMarks(nine, nine + 365 * day, 6);
    expect(year.length).toBeLessThanOrEqual(6);
    expect(year.every(({ kind }) => kind === 'month')).toBe(true);
  });
});

const station = (station_code: string, change: Partial<StationRow> = {}): StationRow => ({
  ...{ station_code, name: station_code, lat: 48.85, lon: 2.35, area_name: 'Gare' },
  ...{ mechanical: 1, ebikes: 1, docks: 1, capacity: 20, state: 'balanced', stale: false },
  last_reported: null,
  ...change,
});
const area = (area_id: string, ebikes: number, mechanical: number | null, docks = 50): AreaRow => ({
  ...{ rank: 1, area_id, area_name: area_id === '7513' ? 'Gare' : `Area ${area_id}`, arrondissement: null },
  ...{ stations: 1, ebikes, mechanical, docks, ebike_share: null },
});
/** Two quarter-hours of three stations. */
const day: Frames = {
  codes: ['a', 'b', 'c'],
  instants: Float64Array.of(nine, nine + quarter),
  state: Int8Array.of(3, 1, -3, -1, -2, 0),
  mechanical: Int16Array.of(4, 0, -1, 5, 2, 7),
  ebikes: Int16Array.of(2, 0, -1, -1, 3, 8),
  docks: Int16Array.of(9, 30, -1, 6, -1, 9),
};

describe('a frame', () => {
  const known = new Map([['a', station('a')]]);

  test('is drawn with the names that are known, without stations that were not listed', () => {
    const drawn = draw({ at: nine, day, index: 0 }, known, [area('7513', 9, 9)]);
    expect(drawn.stations.map((row) => [row.station_code, row.name, row.state, row.docks])).toEqual([
      ['a', 'a', 'balanced', 9],
      ['b', null, 'empty', 30],
    ]);
    expect([drawn.mechanical, drawn.ebikes, drawn.docks]).toEqual([4, 2, 39]);
    expect(drawn.areas[0]).toMatchObject({
      area_id: '7513',
      mechanical: 4,
      ebikes: 2,
      docks: 9,
      stations: 1,
    });
  });

  test('what a station did not tell is not counted, and what is not known of its state does not close it', () => {
    const { stations, ...totals } = draw({ at: nine, day, index: 1 }, known, []);
    expect(stations.map((row) => [row.state, row.stale, row.ebikes])).toEqual([
      ['closed', true, null],
      ['unknown', false, 3],
      ['closed', false, 8],
    ]);
    expect([totals.mechanical, totals.ebikes, totals.docks]).toEqual([14, 11, 15]);
  });
});

describe('frames', () => {
  test('of a day are read once, of the days looked at last, and those near are read ahead', async () => {
    const asked: string[] = [];
    const store = new FrameStore((name) => {
      asked.push(name);
      return Promise.resolve(name === '2024-11-09' ? day : null);
    }, 2);
    expect(await store.at(nine)).toEqual({ at: nine, day, index: 0 });
    expect((await store.at(nine + quarter))?.index).toBe(1);
    expect(await store.at(nine + 2 * quarter)).toBeNull();
    expect(asked).toEqual(['2024-11-09']);
    await store.at(Date.UTC(2024, 10, 9, 20));
    expect(asked).toEqual(['2024-11-09', '2024-11-10']);
    await store.at(Date.UTC(2024, 10, 12, 12));
    await store.at(nine);
    expect(asked.slice(2)).toEqual(['2024-11-12', '2024-11-09']);
    store.clear();
    await store.at(nine);
    expect(asked.at(-1)).toBe('2024-11-09');
  });
});

describe('a change', () => {
  test('of a station is told where both moments tell', () => {
    const before = station('a', { mechanical: 3, ebikes: 4 });
    expect(changeOf(before, station('a', { mechanical: 1, ebikes: 8 }), 'bikes')).toBe(2);
    expect(changeOf(before, station('a', { mechanical: 1, ebikes: 8 }), 'mechanical')).toBe(-2);
    expect(changeOf(before, station('a', { mechanical: null }), 'bikes')).toBeNull();
    expect(changeOf(undefined, station('a'), 'bikes')).toBeNull();
  });

  test('of areas ranks from the greatest gain to the greatest loss, as a share of their places too', () => {
    const levels = (quartier: AreaRow[]) => ({ quartier, arrondissement: [], commune: [] });
    const before = levels([area('1', 10, 10), area('2', 10, 10), area('3', 5, null), area('4', 1, 1)]);
    const after = levels([area('1', 4, 10), area('2', 30, 20), area('3', 6, 7), area('5', 1, 1)]);
    expect(areaChanges(before, after, 'quartier', 'bikes')).toEqual([
      { area_id: '2', area_name: 'Area 2', before: 20, after: 50, change: 30, share: 0.3 },
      { area_id: '1', area_name: 'Area 1', before: 20, after: 14, change: -6, share: -6 / 64 },
    ]);
    expect(
      areaChanges(before, after, 'quartier', 'ebikes').map(({ area_id, change }) => [area_id, change]),
    ).toEqual([
      ['2', 20],
      ['3', 1],
      ['1', -6],
    ]);
  });
});

test('a moment in the address is an instant of UTC, or none', () => {
  expect(momentOf('2024-11-09T09:00:00Z')).toBe(nine);
  expect([momentOf('noon'), momentOf(undefined)]).toEqual([null, null]);
  expect(nameOf(nine)).toBe('2024-11-09T09:00:00Z');
  expect(momentOf(nameOf(nine + 123) ?? '')).toBe(nine + 123);
  expect(nameOf(null)).toBeNull();
});
