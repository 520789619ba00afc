import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { VelolacError } from '../../../../src/errors.ts';
import type { Lake } from '../../../../src/lake/lake.ts';
import { HOUR } from '../../../../src/lake/names.ts';
import { Mirror } from '../../../../src/pipeline/backup/mirror.ts';
import { parseSums, SUMS } from '../../../../src/pipeline/backup/texts.ts';
import { faultsOf, setAside } from '../../../../src/pipeline/repair/setAside.ts';
import type { MirrorState } from '../../../../src/pipeline/protocol.ts';
import { bronzeOf, emptyLake, MINUTE, NOON, pack, record, restoreInto } from './lakes.ts';

/** A folder in memory. `room` is how many files can be written before its disk is full. */
class Folder {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  written: string[] = [];
  room = Infinity;

  async paths() {
    return new Set(this.files.keys());
  }

  async text(path: string) {
    const bytes = this.files.get(path);
    return bytes ? new TextDecoder().decode(bytes) : null;
  }

  async write(path: string, content: Blob) {
    if (this.written.length >= this.room) throw new VelolacError('mirror.no_room', 'full');
    this.written.push(path);
    this.files.set(path, new Uint8Array(await content.arrayBuffer()));
  }

  async remove(path: string) {
    this.files.delete(path);
  }
}

/** A mirror of a lake, and what it told last. */
function mirrorOf(lake: Lake, folder: Folder) {
  const told: MirrorState[] = [];
  const work = { lake, folder, now: () => NOON, inTurn: <T>(run: () => Promise<T>) => run() };
  return { mirror: new Mirror({ ...work, tell: (state) => void told.push(state) }), last: () => told.at(-1) };
}

async function twoHours(): Promise<Lake> {
  const lake = await emptyLake(() => NOON + HOUR);
  for (const minute of [0, 1, 60, 61]) await record(lake, NOON + minute * MINUTE, minute % 30);
  return lake;
}

/** The folder has what the lake has, and the check sums of all that was mirrored are right. */
async function expectInStep(lake: Lake, folder: Folder, foreign: readonly string[] = []): Promise<void> {
  const journal = (await lake.storage.list('journal')).map((name) => `journal/${name}`);
  const mirrored = ['README.md', 'LICENCE.txt', ...Object.keys(lake.state.files), ...journal];
  expect([...folder.files.keys()].sort()).toEqual([...mirrored, SUMS, ...foreign].sort());
  for (const path of [...Object.keys(lake.state.files), ...journal])
    expect(folder.files.get(path)).toEqual(await lake.storage.read(path));
  const sums = parseSums((await folder.text(SUMS))!);
  expect([...sums.keys()]).toEqual(mirrored.sort());
  for (const [path, sum] of sums)
    expect(createHash('sha256').update(folder.files.get(path)!).digest('hex')).toBe(sum);
}

test('a folder follows a lake, and what is not of the lake stays as it is', async () => {
  const lake = await twoHours();
  const folder = new Folder();
  const note = new TextEncoder().encode('mine');
  folder.files.set('bronze/note.txt', note);
  const { mirror, last } = mirrorOf(lake, folder);
  await mirror.wake();
  await expectInStep(lake, folder, ['bronze/note.txt']);
  expect(last()).toEqual({ files: 0, bytes: 0, lost: 0, at: NOON, running: false, error: null });

  await pack(lake, NOON + HOUR);
  await mirror.wake();
  await expectInStep(lake, folder, ['bronze/note.txt']);
  expect(folder.files.get('bronze/note.txt')).toBe(note);

  folder.written = [];
  await mirror.wake();
  expect(folder.written).toEqual([]);
});

test('packed as a ZIP the folder is a backup', async () => {
  const lake = await twoHours();
  const folder = new Folder();
  await mirrorOf(lake, folder).mirror.wake();
  const zip = zipSync(
    Object.fromEntries([...folder.files].map(([path, bytes]) => [`velolac/${path}`, bytes])),
  );
  const back = await emptyLake();
  expect(await restoreInto(back, new Blob([zip]))).toMatchObject({ added: 4, lost: [] });
  expect(await bronzeOf(back)).toEqual(await bronzeOf(lake));
});

test('a later visit copies what changed since, and removes what went', async () => {
  const lake = await twoHours();
  const folder = new Folder();
  await mirrorOf(lake, folder).mirror.wake();
  await pack(lake, NOON + HOUR);
  folder.written = [];
  await mirrorOf(lake, folder).mirror.wake();
  await expectInStep(lake, folder);
  expect(folder.written.toSorted()).toEqual([
    SUMS,
    'bronze/velib/2026-11-23/12.zip',
    'journal/2026-11-23.jsonl',
  ]);
});

test('where the disk is full it says so, and goes on when there is room', async () => {
  const lake = await twoHours();
  const folder = new Folder();
  folder.room = 3;
  const { mirror, last } = mirrorOf(lake, folder);
  await mirror.wake();
  expect(last()).toMatchObject({ files: 4, running: false, at: null, error: { code: 'mirror.no_room' } });
  folder.room = Infinity;
  await mirror.wake();
  await expectInStep(lake, folder);
  expect(folder.written.filter((path) => path.endsWith('.csv'))).toHaveLength(4);
  expect(last()).toMatchObject({ files: 0, error: null });
});

test('what is damaged in the lake is not copied, and what it lost so stays in the folder', async () => {
  const lake = await twoHours();
  const folder = new Folder();
  await mirrorOf(lake, folder).mirror.wake();
  const [lost = '', damaged = ''] = Object.keys(lake.state.files).sort();
  const sound = folder.files.get(lost);
  const damage = { path: lost, problem: 'content', source: 'velib', moved: null, lost: [NOON] } as const;
  await lake.append([{ kind: 'damage', damages: [damage], files: [] }]);
  await lake.sweep([lost]);
  await lake.storage.write(damaged, new Uint8Array(10));
  folder.files.delete(damaged);
  const { mirror, last } = mirrorOf(lake, folder);
  await mirror.wake();
  expect(folder.files.get(lost)).toBe(sound);
  expect(folder.files.has(damaged)).toBe(false);
  expect(last()).toMatchObject({ lost: 1, error: null });
});

test('what was set aside as damaged is copied, and stays', async () => {
  const lake = await twoHours();
  const folder = new Folder();
  const path = Object.keys(lake.state.files).find((one) => one.endsWith('.csv'))!;
  await lake.storage.write(path, new Uint8Array(10));
  await setAside(lake, faultsOf(lake, [path], 'size'));
  for (const visit of [1, 2]) {
    await mirrorOf(lake, folder).mirror.wake();
    expect(folder.files.get(`damaged/${path}`), `visit ${visit}`).toEqual(new Uint8Array(10));
  }
  const back = await emptyLake();
  const zip = zipSync(Object.fromEntries(folder.files));
  expect(await restoreInto(back, new Blob([zip]))).toMatchObject({ added: 3, aside: 1, lost: [] });
});

test('a tab that writes no more copies nothing', async () => {
  const lake = await twoHours();
  const folder = new Folder();
  const { mirror, last } = mirrorOf(lake, folder);
  lake.fence = () => Promise.reject(new VelolacError('lake.not_writer', 'another tab writes'));
  await mirror.wake();
  expect(folder.files.size).toBe(0);
  expect(last()).toMatchObject({ running: false, error: null });
});

test('stopped in the middle, it ends after a file and leaves a list of what it copied', async () => {
  const lake = await twoHours();
  const folder = new Folder();
  const { mirror } = mirrorOf(lake, folder);
  const write = folder.write.bind(folder);
  const stops: Promise<void>[] = [];
  folder.write = async (path, content) => {
    await write(path, content);
    if (path.endsWith('.csv')) stops.push(mirror.stop());
  };
  await mirror.wake();
  await Promise.all(stops);
  expect([...folder.files.keys()].filter((path) => path.endsWith('.csv'))).toHaveLength(1);
  expect(parseSums((await folder.text(SUMS))!).size).toBe(3);
});
