import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span } from '../../../src/gold/questions.ts';
import { stationDayRows, stationDaySql } from '../../../src/gold/station_day.ts';
import { type Contents, Lake, type Reading } from './lake.ts';

const DAY = 86_400_000;
const start = Date.parse('2026-02-06T00:00:00Z');
const days = [0, 1, 2];
const stations = ['16107', '1001', '9020'];

/** Instants of a day that lie near each other, near midnight, and beyond the longest gap. */
const moments = [
  0, 1, 30_000, 300_000, 43_200_000, 43_799_999, 43_800_001, 86_100_000, 86_399_000, 86_399_999,
];
const instants = fc.uniqueArray(
  fc.record({ day: fc.constantFrom(...days), moment: fc.constantFrom(...moments) }).map(({ day, moment }) => {
    return start + day * DAY + moment;
  }),
  { minLength: 1, maxLength: 14 },
);

const count = fc.constantFrom(null, 0, 1, 2, 3, 20);
const flag = fc.constantFrom(true, true, true, false, null);
const told = fc.record({
  mechanical: count,
  ebikes: count,
  bikes: count,
  docks: count,
  capacity: fc.constantFrom(null, null, 0, 20, 32767),
  ...{ installed: flag, renting: flag, returning: flag },
  age: fc.constantFrom(null, 0, DAY, DAY + 1),
  /** Twice in the same snapshot, or not listed in it. */
  times: fc.constantFrom(1, 1, 1, 2, 0),
});

const lakes = fc.record({
  good: instants,
  /** Snapshots with rows that no answer may stand on. */
  bad: instants,
  told: fc.array(told, { minLength: 5, maxLength: 25 }),
  capacities: fc.array(fc.constantFrom(null, 0, 20, 31), { minLength: 3, maxLength: 9 }),
  /** The span reaches from the earliest of these to the latest. */
  edges: fc.array(fc.nat(60), { minLength: 2, maxLength: 4 }),
  /** Which of the days that may be rolled up are. */
  rolled: fc.array(fc.constantFrom(true, true, false), { minLength: 3, maxLength: 3 }),
});

type Case = typeof lakes extends fc.Arbitrary<infer T> ? T : never;

function contents({ good, bad, told, capacities }: Case): Contents {
  const both = [...new Set([...good, ...bad])];
  const readings = both.flatMap((at, index) =>
    stations.flatMap((station, place): Reading[] => {
      const { times, age, ...rest } = told[(index * stations.length + place) % told.length]!;
      const reading = {
        station,
        at: new Date(at),
        ...rest,
        reported: age === null ? null : new Date(at - age),
      };
      return Array.from({ length: times }, () => reading);
    }),
  );
  const versions = capacities.map((capacity, index) => {
    const station = stations[index % stations.length]!;
    return { station, capacity, name: `${index}`, from: new Date(start + index * 0.4 * DAY) };
  });
  const snapshots = good.map((at) => new Date(at));
  return {
    snapshots,
    bad: bad.filter((at) => !good.includes(at)).map((at) => new Date(at)),
    readings,
    versions,
  };
}

/** A span whose ends may be snapshots, midnights, or any other instant. */
function spanOf({ good, edges }: Case): Span {
  const candidates = [
    ...good.flatMap((at) => [at, at + 1, at - 1, at + 400_000]),
    ...days.map((day) => start + day * DAY),
    ...[start + 3 * DAY, start + 0.7 * DAY, start + 1.3 * DAY],
  ];
  const chosen = edges.map((edge) => candidates[edge % candidates.length]!);
  return { from: new Date(Math.min(...chosen)), to: new Date(Math.max(...chosen)) };
}

/** Puts rollups in the place of the Silver of the days that are wholly in the span, where wanted. */
async function rollUp(lake: Lake, { good, rolled }: Case, span: Span): Promise<number> {
  let count = 0;
  for (const day of days) {
    const [from, to] = [start + day * DAY, start + (day + 1) * DAY];
    const inDay = good.filter((at) => at >= from && at < to).sort((a, b) => a - b);
    const inside = inDay.every((at) => at >= span.from.getTime() && at <= span.to.getTime());
    if (inDay.length === 0 || !inside || !rolled[day]) continue;
    for (const statement of stationDaySql(inDay)) await lake.run(statement);
    await lake.run(`INSERT INTO station_day ${stationDayRows}`);
    await lake.run(
      `DELETE FROM station_status WHERE epoch_ms(fetched_at) >= ${from} AND epoch_ms(fetched_at) < ${to}`,
    );
    count += 1;
  }
  return count;
}

const summary = (lake: Lake) => lake.rows('FROM station_summary ORDER BY station_code');

describe('a rollup of a day', () => {
  it('answers what the day itself does, to the last digit', async () => {
    let used = 0;
    await fc.assert(
      fc.asyncProperty(lakes, async (one) => {
        const span = spanOf(one);
        const lake = await Lake.open(contents(one));
        try {
          await lake.select(span);
          const direct = await summary(lake);
          used += await rollUp(lake, one, span);
          await lake.select(span);
          expect(await summary(lake)).toEqual(direct);
        } finally {
          lake.close();
        }
      }),
      { numRuns: 120 },
    );
    expect(used).toBeGreaterThan(50);
  });

  it('leaves the weight of its last snapshot to the day after', async () => {
    const [first, last] = [start + DAY - 120_000, start + DAY - 60_000];
    const readings = [first, last].map((at, index): Reading => {
      return { station: '16107', at: new Date(at), ebikes: index === 0 ? 0 : 6 };
    });
    const lake = await Lake.open({ snapshots: [new Date(first), new Date(last)], readings });
    for (const statement of stationDaySql([first, last])) await lake.run(statement);
    await lake.run(`INSERT INTO station_day ${stationDayRows}`);
    await lake.run('DELETE FROM station_status');
    const ebikes = async (to: number) => {
      await lake.select({ from: new Date(first), to: new Date(to) });
      return (await lake.summary('16107'))?.['ebikes'];
    };
    expect(await ebikes(last)).toBe(0);
    expect(await ebikes(last + 60_000)).toBe(3);
    expect(await ebikes(last + 180_000)).toBe(4.5);
    await lake.run(
      `INSERT INTO snapshots VALUES (TIMESTAMP '${new Date(last + 60_000).toISOString().slice(0, 19)}', 'ok')`,
    );
    expect(await ebikes(last + 180_000)).toBe(3);
    lake.close();
  });
});
