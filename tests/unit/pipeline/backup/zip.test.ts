import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, zipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { VelolacError } from '../../../../src/errors.ts';
import { openHeld } from '../../../../src/lake/outgoing.ts';
import { backupSize } from '../../../../src/pipeline/backup/size.ts';
import { SUMS } from '../../../../src/pipeline/backup/texts.ts';
import { zipLength, ZipWriter } from '../../../../src/pipeline/backup/zipWriter.ts';
import { Crc32 } from '../../../../src/sources/readers/crc32.ts';
import { entries } from '../../../../src/sources/readers/zip.ts';
import { backedUp, emptyLake, NOON, record, restoreInto, zipOf } from './lakes.ts';

/** More members than the records without ZIP64 can count. */
const MANY = 66_000;

async function* once(bytes: Uint8Array<ArrayBuffer>) {
  yield bytes;
}

test('more than 65 535 members are all there, for other readers too', async () => {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const zip = new ZipWriter(async (bytes) => void pieces.push(bytes), NOON);
  const members = Array.from({ length: MANY }, (_, index) => {
    const bytes = new TextEncoder().encode(`é${index}`);
    const crc = new Crc32();
    crc.add(bytes);
    return { path: `bronze/é/${index}.csv`, bytes: bytes.length, crc: crc.value, content: bytes };
  });
  for (const { content, ...member } of members) await zip.add(member, once(content));
  await zip.end();
  const blob = new Blob(pieces);
  expect(blob.size).toBe(zipLength(members));
  const found = await entries(blob);
  expect(found).toHaveLength(MANY);
  expect(found.at(-1)).toMatchObject({ path: `bronze/é/${MANY - 1}.csv`, method: 0 });
  const folder = await mkdtemp(join(tmpdir(), 'velolac-zip-'));
  try {
    const path = join(folder, 'many.zip');
    await writeFile(path, new Uint8Array(await blob.arrayBuffer()));
    for (const [command, ...args] of [
      ['unzip', '-tq', path],
      ['python3', '-m', 'zipfile', '-t', path],
    ]) {
      const { error, status, stdout } = spawnSync(command!, args, { encoding: 'utf8' });
      if (!error) expect({ status, stdout }).toMatchObject({ status: 0 });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a backup that was unpacked and packed again, deflated and in a folder, is one still', async () => {
  const lake = await emptyLake();
  await record(lake, NOON, 3);
  const zip = await zipOf(lake);
  const bytes = new Uint8Array(await zip.arrayBuffer());
  const members = await Promise.all(
    (await entries(zip)).map(async ({ path, at, packed }) => {
      const name = new TextEncoder().encode(path).length;
      return [`velolac-2026-11-23/${path}`, bytes.slice(at + 30 + name, at + 30 + name + packed)] as const;
    }),
  );
  const again = zipSync(Object.fromEntries(members.toReversed()), { level: 6 });
  expect(await restoreInto(await emptyLake(), new Blob([again]))).toMatchObject({ added: 1, lost: [] });
});

test('what it will be is told before: all of the lake, whatever its portal', async () => {
  const lake = await emptyLake();
  expect(await backupSize(lake)).toBeNull();
  await record(lake, NOON, 3);
  await record(lake, NOON, 3, 'velib@data.example.org');
  const size = await backupSize(lake);
  const { file, ...report } = await backedUp(lake);
  expect(size).toEqual({ files: (await entries(file!)).length, bytes: file!.size });
  expect(report).toMatchObject(size!);
});

test('when its file fails, that is told, even if what was written cannot be removed', async () => {
  const lake = await emptyLake();
  await record(lake, NOON, 3);
  const full = new VelolacError('lake.quota', 'full');
  const abort = vi.fn(() => Promise.reject(new VelolacError('lake.unavailable', 'gone')));
  const open = async () => ({ ...openHeld(''), write: () => Promise.reject(full), abort });
  await expect(backedUp(lake, open)).rejects.toBe(full);
  expect(abort).toHaveBeenCalledOnce();
});

test('a bomb is refused', async () => {
  const bomb = zipSync({ [SUMS]: new Uint8Array(50e6) }, { level: 9 });
  expect(deflateSync(new Uint8Array(50e6)).length).toBeLessThan(100_000);
  const lake = await emptyLake();
  const before = await lake.read('journal/2026-11-23.jsonl');
  await expect(restoreInto(lake, new Blob([bomb]))).rejects.toMatchObject({ code: 'import.bomb' });
  expect(await lake.read('journal/2026-11-23.jsonl')).toEqual(before);
});

test('a backup by a newer version of the page is refused, and changes nothing', async () => {
  const newer = await emptyLake();
  await record(newer, NOON, 3);
  await newer.append([{ kind: 'term', format: 99 }]);
  const lake = await emptyLake();
  const before = await lake.read('journal/2026-11-23.jsonl');
  await expect(restoreInto(lake, await zipOf(newer))).rejects.toMatchObject({ code: 'lake.newer' });
  expect(await lake.read('journal/2026-11-23.jsonl')).toEqual(before);
});
