import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { bind } from '../../../src/engine/sql.ts';
import { at, Lake } from './lake.ts';

const sql = (name: string) => readFileSync(new URL(`../../../src/gold/${name}.sql`, import.meta.url), 'utf8');

const [first, second, third] = [at('08:00:00'), at('08:01:00'), at('08:02:00')];

describe('reports of stations', () => {
  let lake: Lake;

  beforeAll(async () => {
    lake = await Lake.open({
      snapshots: [first, second, third],
      readings: [
        { station: 'stays', at: first, reported: at('07:59:30') },
        { station: 'stays', at: second, reported: at('07:59:30') },
        { station: 'stays', at: third, reported: at('08:01:00') },
        { station: 'goes', at: first, reported: at('07:58:00') },
        { station: 'goes', at: second, reported: at('08:00:00') },
        {
          station: 'comes',
          at: third,
          reported: new Date(at('08:02:00').getTime() - 3 * 86_400_000 - 3_661_000),
        },
        { station: 'flickers', at: first, reported: null },
        { station: 'flickers', at: third, reported: null },
        { station: 'passes', at: second, reported: null },
      ],
      versions: [
        { station: 'goes', from: first, name: 'Old name' },
        { station: 'goes', from: second, name: 'Solférino' },
      ],
    });
  });
  afterAll(() => lake.close());

  it('tells the age of what stations said, in each snapshot', async () => {
    const rows = await lake.rows(
      `SELECT CAST(epoch_ms(fetched_at) AS DOUBLE) AS ms, median_s, max_s FROM (${bind(sql('report_ages'), {
        from_at: first,
        to_at: third,
      })}) ORDER BY ms`,
    );
    expect(rows).toEqual([
      { ms: first.getTime(), median_s: 75, max_s: 120 },
      { ms: second.getTime(), median_s: 75, max_s: 90 },
      { ms: third.getTime(), median_s: (60 + 262_861) / 2, max_s: 262_861 },
    ]);
  });

  it('tells the stations of only one of two snapshots, with their newest name and since when', async () => {
    const rows = await lake.rows(
      `SELECT * REPLACE (CAST(epoch_ms(since) AS DOUBLE) AS since) FROM (${bind(sql('station_changes'), {
        before_at: first,
        after_at: third,
      })}) ORDER BY station_code`,
    );
    expect(rows).toEqual([
      { station_code: 'comes', name: null, change: 'appeared', since: third.getTime() },
      { station_code: 'goes', name: 'Solférino', change: 'vanished', since: second.getTime() },
    ]);
  });
});
