import { afterAll, expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';

const engine = new Engine(1000);
afterAll(() => engine.terminate());

test('values leave the engine as numbers, texts, booleans and milliseconds', async () => {
  const [row] =
    await engine.query(`SELECT CAST(1 AS BIGINT) AS b, sum(x) AS s, TIMESTAMP '2024-01-01 00:00:00.123' AS t,
    TRUE AS f, NULL AS n, 'é' AS e, [1, 2] AS l FROM (VALUES (1), (2)) AS v(x)`);
  expect(row).toMatchObject({
    b: 1,
    t: Date.UTC(2024, 0, 1, 0, 0, 0, 123),
    f: true,
    n: null,
    e: 'é',
    l: [1, 2],
  });
});

test('Parquet is written and read without a network, and is ZSTD', async () => {
  const bytes = await engine.parquet('SELECT range AS a, range % 7 AS b FROM range(100000)');
  await engine.register('a.parquet', bytes);
  const rows = await engine.query(
    `SELECT CAST(count(*) AS INTEGER) AS n, CAST(sum(b) AS INTEGER) AS s FROM read_parquet('a.parquet')`,
  );
  expect(rows).toEqual([{ n: 100000, s: 299995 }]);
  const [meta] = await engine.query(`SELECT DISTINCT compression FROM parquet_metadata('a.parquet')`);
  expect(meta).toEqual({ compression: 'ZSTD' });
});

test('a CSV keeps null apart from empty text', async () => {
  await engine.load('texts', { a: 'VARCHAR', b: 'VARCHAR' }, '1,\n2,""\n3,"x\ny"\n');
  expect(await engine.query('SELECT * FROM texts')).toEqual([
    { a: '1', b: null },
    { a: '2', b: '' },
    { a: '3', b: 'x\ny' },
  ]);
});

test('a bad statement is an error of the query, and the engine goes on', async () => {
  await expect(engine.query('SELECT nope')).rejects.toMatchObject({ code: 'engine.query' });
  expect(await engine.query('SELECT 1 AS a')).toEqual([{ a: 1 }]);
});

test('calls under way reject when the worker is ended, and the next call starts a new one', async () => {
  const long = engine.query(
    'SELECT CAST(sum(a.range * b.range) AS DOUBLE) AS s FROM range(100000) a, range(100000) b',
  );
  const died = expect(long).rejects.toMatchObject({ code: 'engine.died' });
  await engine.terminate();
  await died;
  expect(await engine.query('SELECT 2 AS a')).toEqual([{ a: 2 }]);
});

test('a call ends at its time-out and when it is aborted', async () => {
  const forever = 'SELECT CAST(sum(a.range * b.range) AS DOUBLE) AS s FROM range(100000) a, range(100000) b';
  await expect(engine.query(forever, { timeout: 100 })).rejects.toMatchObject({ code: 'engine.timeout' });
  const stop = new AbortController();
  const stopped = expect(engine.query(forever, { signal: stop.signal })).rejects.toMatchObject({
    code: 'engine.aborted',
  });
  stop.abort();
  await stopped;
  expect(await engine.query('SELECT 3 AS a')).toEqual([{ a: 3 }]);
});

test('files beyond the budget are dropped, those of the question never', async () => {
  const loaded: string[] = [];
  const load = async (name: string) => {
    loaded.push(name);
    return new Uint8Array(600);
  };
  await engine.registerAll(['a', 'b'], load);
  await engine.registerAll(['b'], load);
  expect(loaded).toEqual(['a', 'b']);
  await engine.registerAll(['c'], load);
  await engine.registerAll(['b', 'c'], load);
  expect(loaded).toEqual(['a', 'b', 'c', 'b']);
});
