import { expect, test } from 'vitest';
import { VelolacError } from '../../../../src/errors.ts';
import { HOUR } from '../../../../src/lake/names.ts';
import { lossBy } from '../../../../src/pipeline/backup/loss.ts';
import { entries } from '../../../../src/sources/readers/zip.ts';
import { bronzeOf, emptyLake, NOON, pack, record, restoreInto, zipOf } from './lakes.ts';

test('only what is wrong with a file is a reason to go on without it', () => {
  expect(lossBy(new VelolacError('lake.missing_file', 'gone'))).toBe('missing');
  expect(lossBy(new VelolacError('import.damaged', 'cut'))).toBe('damaged');
  for (const code of ['lake.unavailable', 'import.unreadable', 'unexpected'] as const) {
    const thrown = new VelolacError(code, 'of another kind');
    expect(() => lossBy(thrown)).toThrow(thrown);
  }
});

/** A lake with one packed hour. */
async function packed() {
  const lake = await emptyLake(() => NOON + 2 * HOUR);
  await record(lake, NOON, 3);
  await pack(lake, NOON + HOUR);
  return lake;
}

test('a lake that cannot be read is not taken for one that has nothing', async () => {
  const zip = await zipOf(await packed());
  const lake = await packed();
  lake.storage.blob = () => Promise.reject(new VelolacError('lake.unavailable', 'no file system'));
  await expect(restoreInto(lake, zip)).rejects.toMatchObject({ code: 'lake.unavailable' });
});

test('a lake that has lost an hour can be restored into', async () => {
  const zip = await zipOf(await packed());
  const lake = await packed();
  await lake.storage.remove('bronze/velib/2026-11-23/12.zip');
  expect(await restoreInto(lake, zip)).toMatchObject({ added: 0, known: 1, lost: [] });
});

test('a backup that is moved while it is read ends the restoring', async () => {
  const zip = await zipOf(await packed());
  const hour = (await entries(zip)).find(({ path }) => path.endsWith('/12.zip'))!;
  const slice = zip.slice.bind(zip);
  zip.slice = (from, to) => {
    const part = slice(from, to);
    if (from === hour.at)
      part.arrayBuffer = () => Promise.reject(new DOMException('moved', 'NotReadableError'));
    return part;
  };
  const lake = await emptyLake();
  await expect(restoreInto(lake, zip)).rejects.toMatchObject({ code: 'import.unreadable' });
  expect(await bronzeOf(lake)).toEqual({});
});
