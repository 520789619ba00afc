import { unzipSync, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Lake } from '../../../../src/lake/lake.ts';
import { HOUR, sha256 } from '../../../../src/lake/names.ts';
import { parseSums, SUMS } from '../../../../src/pipeline/backup/texts.ts';
import { faultsOf, setAside } from '../../../../src/pipeline/repair/setAside.ts';
import { backedUp, bronzeOf, emptyLake, MINUTE, NOON, pack, record, restoreInto, zipOf } from './lakes.ts';

const hour = 'bronze/velib/2026-11-23/12.zip';
const aside = `damaged/${hour}`;

async function packedLake(): Promise<Lake> {
  const lake = await emptyLake();
  for (const minute of [0, 1, 2]) await record(lake, NOON + minute * MINUTE, minute + 1);
  await pack(lake, NOON + HOUR);
  return lake;
}

/** Cuts the hour after so many bytes, and sets it aside: what is left of it. */
async function damage(lake: Lake, left: number): Promise<Uint8Array> {
  const bytes = (await lake.storage.read(hour)).slice(0, left);
  await lake.storage.write(hour, bytes);
  await setAside(lake, faultsOf(lake, [hour], 'size'));
  return bytes;
}

async function bytesOf(zip: Blob): Promise<Uint8Array> {
  return new Uint8Array(await zip.arrayBuffer());
}

test('what was set aside goes along, summed, and is set aside again where it is restored', async () => {
  const lake = await packedLake();
  const left = await damage(lake, 500);
  const report = await backedUp(lake);
  const members = unzipSync(await bytesOf(report.file!));
  expect(report).toMatchObject({ files: Object.keys(members).length, aside: 1, lost: [] });
  expect(members[aside]).toEqual(left);
  expect(parseSums(new TextDecoder().decode(members[SUMS])).get(aside)).toBe(sha256(left));

  const back = await emptyLake();
  expect(await restoreInto(back, report.file!)).toMatchObject({ aside: 1, lost: [] });
  expect(await back.storage.read(aside)).toEqual(left);
  expect(back.state.damages).toEqual(lake.state.damages);
  expect(await bronzeOf(back)).toEqual(await bronzeOf(lake));
  const before = await back.read('journal/2026-11-23.jsonl');
  expect(await restoreInto(back, report.file!)).toMatchObject({ aside: 0, lost: [] });
  expect(await back.read('journal/2026-11-23.jsonl')).toEqual(before);
  expect(unzipSync(await bytesOf(await zipOf(back)))[aside]).toEqual(left);
});

test('the lake into which it comes keeps its own file of that path, and what waits for Silver', async () => {
  const other = await packedLake();
  await damage(other, 0);
  const lake = await emptyLake();
  await record(lake, NOON, 1);
  const { waiting } = structuredClone(lake.state.sources['velib']!);
  const whole = await packedLake();
  const held = structuredClone(whole.state.files);
  const zip = await zipOf(other);
  for (const into of [lake, whole])
    expect(await restoreInto(into, zip)).toMatchObject({ aside: 1, lost: [] });
  expect(lake.state.sources['velib']!.waiting).toEqual(waiting);
  expect(whole.state.files).toEqual(held);
  expect(whole.state.leftovers.dropped).not.toContain(hour);
});

test('other remains of the same file stay beside it; each comes in once', async () => {
  const lake = await packedLake();
  const mine = await damage(lake, 400);
  const other = await packedLake();
  const theirs = await damage(other, 300);
  const changed = theirs.with(100, theirs[100]! ^ 1);
  await other.storage.write(aside, changed);
  const zip = await zipOf(other);
  expect(await restoreInto(lake, zip)).toMatchObject({ aside: 1 });
  expect(await restoreInto(lake, zip)).toMatchObject({ aside: 0 });
  expect(await lake.storage.read(aside)).toEqual(mine);
  expect(await lake.storage.read(`${aside}.2`)).toEqual(changed);
  expect(lake.state.damages.map(({ path, moved }) => [path, moved])).toEqual([
    [hour, aside],
    [hour, `${aside}.2`],
  ]);
});

test('a copy that was ended in the middle is completed', async () => {
  const lake = await packedLake();
  await lake.storage.write(aside, (await lake.storage.read(hour)).slice(0, 200));
  const left = await damage(lake, 500);
  expect(await lake.storage.read(aside)).toEqual(left);
  expect(await lake.storage.list('damaged/bronze/velib/2026-11-23')).toEqual(['12.zip']);
});

test('without a journal to tell of it, it comes in by its path', async () => {
  const lake = await packedLake();
  const left = await damage(lake, 500);
  const members = unzipSync(await bytesOf(await zipOf(lake)));
  const rest = Object.entries(members).filter(([path]) => !path.startsWith('journal/'));
  const back = await emptyLake();
  const zip = new Blob([zipSync(Object.fromEntries(rest))]);
  expect(await restoreInto(back, zip)).toMatchObject({ aside: 1, lost: [] });
  expect(await back.storage.read(aside)).toEqual(left);
  expect(back.state.damages).toMatchObject([{ path: hour, source: 'velib', moved: aside }]);
});

test('what is not as the check sums say is told, and so is what would lie elsewhere not taken', async () => {
  const lake = await packedLake();
  const left = await damage(lake, 500);
  const members = unzipSync(await bytesOf(await zipOf(lake)));
  const zip = zipSync({ ...members, [aside]: left.with(9, left[9]! ^ 1) });
  const back = await emptyLake();
  const lost = [{ path: aside, reason: 'damaged', snapshots: 0 }];
  expect(await restoreInto(back, new Blob([zip]))).toMatchObject({ aside: 0, lost });
  const unsummed = Object.entries(members).filter(([path]) => path !== SUMS);
  const foreign = zipSync({ ...Object.fromEntries(unsummed), 'damaged/bronze/../../journal/x': left });
  expect(await restoreInto(back, new Blob([foreign]))).toMatchObject({ aside: 1, lost: [] });
  expect(await back.storage.list('journal')).toEqual(['2026-11-23.jsonl']);
});
