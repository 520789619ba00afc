import { expect, test } from 'vitest';
import { parquetRows } from '../../src/engine/sql.ts';
import { DAY } from '../../src/lake/names.ts';
import { openHouse, today } from './houses.ts';

const STATIONS = 60;
const DAYS = 4;
const POLLS = 2000;
const start = Date.UTC(2024, 9, 31);

/** A series sorted by station, as the real one is: every slice of it has rows of every day. Two rows have no code. */
function* lines(): Generator<string> {
  yield 'poll,stationcode,numbikesavailable,numdocksavailable,mechanical,ebike';
  for (let station = 0; station < STATIONS; station += 1) {
    for (let poll = 0; poll < POLLS; poll += 1) {
      const at = new Date(start + (poll * DAYS * DAY) / POLLS).toISOString();
      const isNameless = poll === 7 && (station === 0 || station === STATIONS - 1);
      const code = isNameless ? '' : String(10_000 + station);
      yield `${at},${code},${station % 7},${poll % 11},${station % 7},0`;
    }
  }
}

test('a series in several slices, each of every day: rows, rejects with their texts, nothing left in scratch', async () => {
  const { house, bring } = await openHouse();
  const { lake, source, engine } = house;
  try {
    const file = new File([[...lines()].join('\n')], 'series.csv', { lastModified: today });
    const [report] = await bring(file);
    const rows = STATIONS * POLLS;
    expect(report!.tables[0]).toMatchObject({
      ...{ rows, accepted: rows - 2, rejected: { no_station_code: 2 }, snapshots: POLLS },
    });
    const rejects = lake.entries('rejects', source).map(({ path }) => path);
    await engine.registerAll(rejects, (path) => lake.read(path));
    const texts = await engine.query(
      `SELECT reason, row_text FROM ${parquetRows(rejects)} ORDER BY row_text`,
    );
    const at = new Date(start + (7 * DAYS * DAY) / POLLS).toISOString();
    expect(texts).toEqual(
      [0, (STATIONS - 1) % 7].map((bikes) => ({
        reason: 'no_station_code',
        row_text: `poll=${at}; numbikesavailable=${bikes}; numdocksavailable=7; mechanical=${bikes}; ebike=0`,
      })),
    );
    expect(lake.entries('station_status', source).map(({ snapshots }) => snapshots)).toEqual(
      Array.from({ length: DAYS }, () => POLLS / DAYS),
    );
    expect(await lake.storage.list('scratch')).toEqual([]);
  } finally {
    await engine.terminate();
  }
});
