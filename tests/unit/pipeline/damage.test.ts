import { beforeAll, describe, expect, test } from 'vitest';
import type { Lake } from '../../../src/lake/lake.ts';
import { MemoryStorage } from '../../../src/lake/memory.ts';
import { instantOf } from '../../../src/lake/names.ts';
import { setAside } from '../../../src/pipeline/repair/setAside.ts';
import { inspect } from '../../../src/pipeline/repair/verify.ts';
import { complaints, copyOf, run, ScriptedLake, type Acknowledged } from './scriptedLake.ts';

const whole = new MemoryStorage();
const script = new ScriptedLake(whole);
const paths: string[] = [];
beforeAll(async () => {
  await run(script);
  for (const top of ['bronze', 'silver', 'journal'])
    for await (const path of whole.walk(top)) paths.push(path);
});

type Damage = (files: MemoryStorage, path: string) => Promise<void>;

const damages: readonly [string, Damage][] = [
  ['cut in half', (files, path) => change(files, path, (bytes) => bytes.slice(0, bytes.length / 2))],
  ['zeroed', (files, path) => change(files, path, (bytes) => new Uint8Array(bytes.length))],
  ['emptied', (files, path) => change(files, path, () => new Uint8Array())],
  ['with a flipped bit', (files, path) => change(files, path, (bytes) => flipped(bytes, bytes.length >> 1))],
  [
    'with its last bit flipped',
    (files, path) => change(files, path, (bytes) => flipped(bytes, bytes.length - 1)),
  ],
  ['gone', (files, path) => files.remove(path)],
];

async function change(
  files: MemoryStorage,
  path: string,
  to: (bytes: Uint8Array) => Uint8Array,
): Promise<void> {
  await files.write(path, to(await files.read(path)));
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= 4;
  return copy;
}

/** Opens a lake as a new writer, verifies it and sets aside what is damaged. */
async function open(files: MemoryStorage): Promise<{ lake: Lake; problems: number; days: number }> {
  const next = new ScriptedLake(files);
  next.now = script.now;
  await next.begin();
  const { lake } = next;
  const progress = { signal: new AbortController().signal, tell: () => undefined };
  const countRows = (path: string) => Promise.resolve(lake.state.files[path]!.rows!);
  const { faults, journal } = await inspect(lake, countRows, progress);
  const { days } = await setAside(lake, faults);
  if (journal.length > 0) await lake.checkpoint();
  return { lake, problems: faults.length + journal.length, days: days.get('velib')?.size ?? 0 };
}

/** What was acknowledged, without what the lake says it lost. */
function expected({ state }: Lake): Acknowledged {
  const lost = state.damages.flatMap((damage) => damage.lost);
  return new Map([...script.acknowledged].filter(([path]) => !lost.includes(instantOf(path)!)));
}

describe.each(damages)('any one file %s', (_, damage) => {
  test('costs no snapshot that the lake does not tell of', async () => {
    for (const path of paths) {
      const files = await copyOf(whole);
      await damage(files, path);
      const { lake, days } = await open(files);
      const told = expected(lake);
      const silver = path.startsWith('silver/') || days > 0;
      const found = (await complaints(lake, told)).filter((one) => !(silver && one.includes('silver/')));
      // Silver keeps what it has of a snapshot whose Bronze is gone: its instant stays.
      expect(
        found.filter((one) => !one.startsWith('snapshots ')),
        path,
      ).toEqual([]);
      if (path.startsWith('journal/')) expect(told.size, path).toBe(script.acknowledged.size);
      else
        expect(script.acknowledged.size - told.size, path).toBeLessThanOrEqual(path.endsWith('.zip') ? 5 : 1);
      if (path.startsWith('silver/')) expect(days, path).toBe(1);
    }
  });
});

test('a sound lake has nothing to tell of', async () => {
  const { lake, problems } = await open(await copyOf(whole));
  expect(problems).toBe(0);
  expect(await complaints(lake, script.acknowledged)).toEqual([]);
});

test('a lake without any journal is found again in its files', async () => {
  const files = await copyOf(whole);
  await files.remove('journal');
  const { lake } = await open(files);
  expect(lake.state.recovered).toMatchObject({ lines: 0 });
  const strays = (await complaints(lake, script.acknowledged)).filter((one) => !one.includes('silver/'));
  expect(strays).toEqual([]);
  expect(Object.keys(lake.state.sources['velib']!.waiting)).toHaveLength(script.acknowledged.size);
});

test('what was found damaged is told once', async () => {
  const files = await copyOf(whole);
  const path = paths.find((one) => one.endsWith('.csv'))!;
  await change(files, path, (bytes) => flipped(bytes, 3));
  expect((await open(files)).problems).toBe(1);
  const again = await open(files);
  expect(again.problems).toBe(0);
  expect(again.lake.state.damages).toMatchObject([
    { path, moved: `damaged/${path}`, lost: [instantOf(path)] },
  ]);
  expect(await files.size(`damaged/${path}`)).toBeGreaterThan(0);
});
