import { afterAll, expect, test, vi } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { withEngine } from '../../src/engine/withEngine.ts';

/** Every worker that was started, the newest last: to end one as a browser does, without a word. */
const workers: Worker[] = [];
vi.stubGlobal(
  'Worker',
  class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      workers.push(this);
    }
  },
);

const engine = new Engine(1000);
afterAll(() => engine.terminate());

const forever = 'SELECT CAST(sum(a.range * b.range) AS DOUBLE) AS s FROM range(100000) a, range(100000) b';

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
  const ended = expect(engine.query(forever)).rejects.toMatchObject({ code: 'engine.aborted' });
  await engine.terminate();
  await ended;
  expect(await engine.query('SELECT 2 AS a')).toEqual([{ a: 2 }]);
});

test('a call ends at its time-out and when it is aborted', async () => {
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

test('work whose worker is gone without a word is done again, at once and once', async () => {
  await engine.start();
  let tries = 0;
  const work = engine.use(async () => {
    tries += 1;
    await engine.register('n.parquet', await engine.parquet('SELECT 7 AS n'));
    if (tries === 1) {
      const long = engine.query(forever);
      workers.at(-1)!.terminate();
      await long;
    }
    return engine.query(`SELECT n FROM 'n.parquet'`);
  });
  expect(await work).toEqual([{ n: 7 }]);
  expect(tries).toBe(2);

  const dying = engine.use(async () => {
    tries += 1;
    await engine.start();
    workers.at(-1)!.terminate();
    return engine.query(forever);
  });
  await expect(dying).rejects.toMatchObject({ code: 'engine.died' });
  expect(tries).toBe(4);
  expect(await engine.query('SELECT 5 AS a')).toEqual([{ a: 5 }]);
});

test('work that hangs is done again on another worker', async () => {
  let tries = 0;
  const rows = await engine.use(() => {
    tries += 1;
    return tries === 1 ? engine.query(forever, { timeout: 100 }) : engine.query('SELECT 8 AS a');
  });
  expect(rows).toEqual([{ a: 8 }]);
});

test('a mistake in a statement is made once', async () => {
  let tries = 0;
  const work = engine.use(() => {
    tries += 1;
    return engine.query('SELECT nope');
  });
  await expect(work).rejects.toMatchObject({ code: 'engine.query' });
  expect(tries).toBe(1);
});

test('a new worker takes the place of the old one between two pieces of work', async () => {
  await engine.start();
  let go = (): void => undefined;
  const asked = new Promise<void>((resolve) => (go = resolve));
  const work = engine.use(async () => {
    await engine.register('m.parquet', await engine.parquet('SELECT 9 AS n'));
    await asked;
    return engine.query(`SELECT n FROM 'm.parquet'`);
  });
  const before = workers.length;
  const recycled = engine.recycle();
  await expect.poll(() => workers.length).toBe(before + 1);
  go();
  expect(await work).toEqual([{ n: 9 }]);
  await recycled;
  expect(engine.outputs).toBe(0);
  expect(await engine.query('SELECT 6 AS a')).toEqual([{ a: 6 }]);
  expect(workers).toHaveLength(before + 1);
});

test('work on an engine of its own ends with the reason of its signal', async () => {
  const stop = new AbortController();
  const work = withEngine((own) => own.query(forever), stop.signal);
  const stopped = expect(work).rejects.toThrow('no more');
  stop.abort(new Error('no more'));
  await stopped;
});

test('an engine of its own is there for the next work, with nothing of the one before in it', async () => {
  const before = workers.length;
  await withEngine(async (own) => {
    await own.register('m.parquet', await own.parquet('SELECT 9 AS n'));
    await own.query(
      `CREATE TABLE a AS FROM 'm.parquet'; CREATE TEMP TABLE b AS FROM a; CREATE TEMP VIEW c AS FROM a`,
    );
  });
  await withEngine(async (own) => {
    for (const name of ['a', 'b', 'c', 'm.parquet'])
      await expect(own.query(`FROM '${name}'`)).rejects.toMatchObject({ code: 'engine.query' });
    await own.query('CREATE TEMP VIEW a AS SELECT 1 AS n; CREATE TABLE c AS SELECT 1 AS n');
  });
  expect(workers.length - before).toBeLessThanOrEqual(1);
});

test('two at a time have an engine each, and so has the next after one that failed or had much', async () => {
  const fresh = async (work: Parameters<typeof withEngine>[0]) => {
    const before = workers.length;
    await withEngine(work).catch(() => undefined);
    return workers.length - before;
  };
  await withEngine(async (own) => {
    await own.query('SELECT 1');
    expect(await fresh((other) => other.query('SELECT 1'))).toBe(1);
  });
  await fresh((own) => own.query('SELECT nope'));
  expect(await fresh((own) => own.register('much', new Uint8Array(2 ** 26)))).toBe(1);
  expect(await fresh((own) => own.query('SELECT 1'))).toBe(1);
  expect(await fresh((own) => own.query('SELECT 1'))).toBe(0);
});
