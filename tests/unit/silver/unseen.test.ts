import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnNames } from '../../../src/silver/contract.ts';
import { tryMapTable } from '../../../src/silver/mapping.ts';
import { dropSlice, loadSlice } from '../../../src/silver/slice.ts';
import { readOne } from '../sources/readers/read.ts';
import { NodeEngine } from './engine.ts';
import { forms, quarantined } from './unseen.forms.ts';
import { stationIds, stations, valuesOf } from './unseen.data.ts';

const same = (ms: number) => ms;
const fetchedAt = Date.UTC(2024, 10, 9, 11, 5);

let engine: NodeEngine;
beforeAll(async () => {
  engine = await NodeEngine.start();
}, 60_000);
afterAll(() => engine.close());

/** What Silver makes of a file, column by column, for those that it finds. */
async function silverOf(content: string | Uint8Array<ArrayBuffer>) {
  const { header, rows, malformed } = await readOne(content);
  const { mapping, missing } = tryMapTable(header, rows);
  expect([missing, malformed]).toEqual([[], []]);
  const at = mapping.poll ? null : fetchedAt;
  await loadSlice(engine, { header, mapping, rows, firstRow: 0, fetchedAt: at, stationIds });
  const cast = await engine.query('SELECT * FROM cast_rows ORDER BY bronze_row');
  await dropSlice(engine);
  expect(cast.filter(({ reason }) => reason !== null)).toEqual([]);
  const found = columnNames.filter((name) => mapping.columns[name] !== null);
  const polls = mapping.poll ? [...new Set(cast.map(({ fetched_at }) => fetched_at))] : [];
  return { found, polls, values: cast.map((row) => found.map((name) => row[name] ?? null)) };
}

describe('a schema that no real file here has', () => {
  test.each(Object.entries(forms))('%s', async (_, { content, lacks = [], reported = same, poll = null }) => {
    const { found, polls, values } = await silverOf(content);
    expect(found).toEqual(columnNames.filter((name) => !lacks.includes(name)));
    const told = stations.map((one) => valuesOf({ ...one, reported: reported(one.reported) }));
    expect(values).toEqual(told.map((station) => found.map((name) => station[name])));
    expect(polls).toEqual(poll === null ? [] : [poll]);
  });

  test.each(Object.entries(quarantined))('%s waits for a word', async (_, { content, missing, rows }) => {
    const table = await readOne(content);
    expect(table.rows).toHaveLength(rows ?? stations.length);
    expect(tryMapTable(table.header, table.rows).missing).toEqual(missing);
  });
});
