import { expect, test } from 'vitest';
import { VelolacError } from '../../../../src/errors.ts';
import type { Lake } from '../../../../src/lake/lake.ts';
import { HOUR } from '../../../../src/lake/names.ts';
import { faultsOf, setAside } from '../../../../src/pipeline/repair/setAside.ts';
import { stage } from '../../../../src/pipeline/stage.ts';
import {
  bronzeOf,
  emptyLake,
  MINUTE,
  NOON,
  pack,
  record,
  restoreInto,
  settleAll,
  SOURCE,
  zipOf,
} from './lakes.ts';

/** Two hours of which one is packed, and the open one; a failed attempt, an answer that was no snapshot. */
async function livedIn(offset = 0): Promise<Lake> {
  const lake = await emptyLake();
  for (let minute = 0; minute < 5; minute += 1)
    await record(lake, NOON + minute * MINUTE + offset, minute % 30);
  for (let minute = 60; minute < 65; minute += 1)
    await record(lake, NOON + minute * MINUTE + offset, minute % 30);
  await pack(lake, NOON + HOUR);
  await settleAll(lake);
  return lake;
}

const instants = (lake: Lake) =>
  Object.values(lake.state.sources[SOURCE]!.days).flatMap((day) => day.map(([at]) => at));

test('an empty lake becomes the one that was backed up', async () => {
  const lake = await livedIn();
  const back = await emptyLake();
  const report = await restoreInto(back, await zipOf(lake));
  expect(report).toMatchObject({ added: 10, known: 0, lost: [], from: NOON, to: NOON + 64 * MINUTE });
  expect(await bronzeOf(back)).toEqual(await bronzeOf(lake));
  expect(instants(back)).toEqual(instants(lake));
  expect(Object.keys(back.state.sources[SOURCE]!.waiting)).toHaveLength(10);
});

test('the same backup twice adds nothing, and no line to the journal', async () => {
  const zip = await zipOf(await livedIn());
  const back = await emptyLake();
  await restoreInto(back, zip);
  const before = await back.read('journal/2026-11-23.jsonl');
  expect(await restoreInto(back, zip)).toMatchObject({ added: 0, known: 10, lost: [] });
  expect(await back.read('journal/2026-11-23.jsonl')).toEqual(before);
});

test('the snapshots of two recorders are all kept', async () => {
  const lake = await livedIn();
  const report = await restoreInto(lake, await zipOf(await livedIn(20_000)));
  expect(report).toMatchObject({ added: 10, known: 0, lost: [] });
  expect(instants(lake)).toHaveLength(20);
  expect(Object.keys(await bronzeOf(lake))).toHaveLength(20);
});

test('of an hour that both have in part, only what is missing comes in', async () => {
  const lake = await emptyLake();
  for (const minute of [0, 1, 2]) await record(lake, NOON + minute * MINUTE, minute);
  await pack(lake, NOON + HOUR);
  const report = await restoreInto(lake, await zipOf(await livedIn()));
  expect(report).toMatchObject({ added: 7, known: 3, lost: [] });
  expect(Object.keys(lake.state.files)).toContain('bronze/velib/2026-11-23/12-2.zip');
  expect(await bronzeOf(lake)).toEqual(await bronzeOf(await livedIn()));
});

test('another snapshot of the same instant is told, and not taken', async () => {
  const lake = await emptyLake();
  await record(lake, NOON, 17);
  const report = await restoreInto(lake, await zipOf(await livedIn()));
  expect(report).toMatchObject({ added: 9, known: 0 });
  expect(report.lost).toMatchObject([{ reason: 'conflict', snapshots: 1 }]);
  expect(report.lost[0]?.path).toMatch(/^bronze\/velib\/2026-11-23\/12\.zip\/velib_20261123T120000/);
});

test('a day that was deleted before the backup stays deleted; one that was deleted here comes back', async () => {
  const lake = await livedIn();
  const zip = await zipOf(lake);
  const paths = Object.keys(lake.state.files);
  await lake.append([{ kind: 'drop', source: SOURCE, day: '2026-11-23', paths, reason: 'user' }]);
  await lake.sweep(paths);
  const after = await zipOf(lake);
  expect(await restoreInto(await emptyLake(), after)).toMatchObject({ added: 0, lost: [] });
  expect(await restoreInto(lake, zip)).toMatchObject({ added: 10, known: 0 });
});

test('an answer without stations whose body was lost here comes back once', async () => {
  const empty = async () => {
    const lake = await emptyLake();
    await stage(lake, {
      ...{ source: SOURCE, origin: 'live', fetched_at: NOON, fetched_at_basis: 'clock', http_status: 200 },
      ...{ duration_ms: 1, body: new TextEncoder().encode('[]'), records: null },
      error: new VelolacError('portal.empty', 'no station'),
    });
    return lake;
  };
  const zip = await zipOf(await empty());
  const lake = await empty();
  const [path] = Object.keys(lake.state.files);
  await lake.storage.remove(path!);
  await setAside(lake, faultsOf(lake, [path!], 'missing'));
  await restoreInto(lake, zip);
  expect(Object.keys(lake.state.files)).toEqual([path]);
  expect(instants(lake)).toEqual([NOON]);
});

test('a backup that is cut off at its beginning is not told as whole', async () => {
  const zip = await zipOf(await livedIn());
  const lake = await emptyLake();
  for (const bytes of [100, 300])
    await expect(restoreInto(lake, zip.slice(0, bytes))).rejects.toMatchObject({ code: 'backup.cut' });
});

test('a file that is no backup changes nothing', async () => {
  const lake = await livedIn();
  const before = await lake.read('journal/2026-11-23.jsonl');
  const foreign = new Blob(['PK\x03\x04 and nothing that follows']);
  await expect(restoreInto(lake, foreign)).rejects.toMatchObject({ code: 'backup.foreign' });
  await expect(restoreInto(lake, new Blob([]))).rejects.toMatchObject({ code: 'backup.foreign' });
  expect(await lake.read('journal/2026-11-23.jsonl')).toEqual(before);
});
