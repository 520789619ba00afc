import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnNames, type ColumnName } from '../../../src/silver/contract.ts';
import { tryMapTable } from '../../../src/silver/mapping.ts';
import { dropSlice, loadSlice } from '../../../src/silver/slice.ts';
import { readOne } from '../sources/readers/read.ts';
import { NodeEngine } from './engine.ts';
import { forms, quarantined } from './unseen.forms.ts';
import { stationIds, stationNames, stations, valuesOf } from './unseen.data.ts';

const same = (ms: number) => ms;
const fetchedAt = Date.UTC(2024, 10, 9, 11, 5);

let engine: NodeEngine;
beforeAll(async () => {
  engine = await NodeEngine.start();
}, 60_000);
afterAll(() => engine.close());

/** What Silver makes of a file, column by column, for those that it finds: all its rows but those of ambiguous names. */
async function silverOf(content: string | Uint8Array<ArrayBuffer>, ambiguous: readonly string[]) {
  const { header, rows, malformed } = await readOne(content);
  const { mapping, missing } = tryMapTable(header, rows);
  expect([missing, malformed]).toEqual([[], []]);
  const at = mapping.poll ? null : fetchedAt;
  const tables = { stationIds, stationNames };
  await loadSlice(engine, { header, mapping, rows, firstRow: 0, fetchedAt: at, around: at, ...tables });
  const cast = await engine.query('SELECT * FROM cast_rows ORDER BY bronze_row');
  await dropSlice(engine);
  const rejected = cast.filter(({ reason }) => reason !== null);
  expect(rejected.map(({ name, reason }) => [name, reason])).toEqual(
    ambiguous.map((name) => [name, 'ambiguous_station_name']),
  );
  const isTold = (name: ColumnName) =>
    mapping.columns[name] !== null || (name === 'station_code' && mapping.station === 'name');
  const found = columnNames.filter(isTold);
  const polls = mapping.poll ? [...new Set(cast.map(({ fetched_at }) => fetched_at))] : [];
  const accepted = cast.filter(({ reason }) => reason === null);
  return { found, polls, values: accepted.map((row) => found.map((name) => row[name] ?? null)) };
}

describe('a schema that no real file here has', () => {
  test.each(Object.entries(forms))('%s', async (_, form) => {
    const { content, lacks = [], reported = same, poll = null, ambiguous = [] } = form;
    const { found, polls, values } = await silverOf(content, ambiguous);
    expect(found).toEqual(columnNames.filter((name) => !lacks.includes(name)));
    const told = stations
      .filter(({ name }) => !ambiguous.includes(name))
      .map((one) => valuesOf({ ...one, reported: reported(one.reported) }));
    expect(values).toEqual(told.map((station) => found.map((name) => station[name])));
    expect(polls).toEqual(poll === null ? [] : [poll]);
  });

  test.each(Object.entries(quarantined))('%s waits for a word', async (_, { content, missing, rows }) => {
    const table = await readOne(content);
    expect(table.rows).toHaveLength(rows ?? stations.length);
    expect(tryMapTable(table.header, table.rows).missing).toEqual(missing);
  });
});
