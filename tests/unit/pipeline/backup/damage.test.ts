import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpackHour } from '../../../../src/bronze/archive.ts';
import { toVelolacError, VelolacError } from '../../../../src/errors.ts';
import type { Lake } from '../../../../src/lake/lake.ts';
import { HOUR } from '../../../../src/lake/names.ts';
import { CENTRAL, LOCAL } from '../../../../src/sources/readers/zipRecords.ts';
import { bronzeOf, emptyLake, MINUTE, NOON, pack, record, restoreInto, SOURCE, zipOf } from './lakes.ts';

/** Four snapshots in two packed hours and two in an open one. */
async function small(): Promise<Lake> {
  const lake = await emptyLake(() => NOON + 2 * HOUR);
  for (const minute of [0, 1, 60, 61, 120, 121]) await record(lake, NOON + minute * MINUTE, minute % 30);
  await pack(lake, NOON + 2 * HOUR);
  return lake;
}

const truth = await bronzeOf(await small());
const whole = new Uint8Array(await (await zipOf(await small())).arrayBuffer());
/** Up to here the ZIP has its journal and its check sums: before, a file may be missing without anybody knowing. */
const told = new TextDecoder('latin1').decode(whole).indexOf('bronze/velib/2026-11-23/12.zip', 1);

/** Restores a damaged backup: what came in is as it was, and what did not is listed. */
async function restored(bytes: Uint8Array<ArrayBuffer>) {
  const back = await emptyLake();
  const report = await restoreInto(back, new Blob([bytes]));
  const texts = await bronzeOf(back);
  for (const [name, text] of Object.entries(texts)) expect(text).toBe(truth[name]);
  const added = Object.keys(texts).length;
  expect(added).toBe(report.added);
  const { days = {} } = back.state.sources[SOURCE] ?? {};
  expect(Object.values(days).flat()).toHaveLength(added);
  return { back, report, added, lost: report.lost.reduce((sum, { snapshots }) => sum + snapshots, 0) };
}

test('a backup cut anywhere gives back every member before the cut, or says that there is none', async () => {
  expect(told).toBeGreaterThan(0);
  const ends = [...Object.keys(truth)].length;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2000, max: whole.length - 1 }), async (length) => {
      const outcome = await restored(whole.slice(0, length)).catch(toVelolacError);
      if (outcome instanceof VelolacError) {
        expect(outcome.code).toBe('backup.cut');
        expect(length).toBeLessThan(told);
        return;
      }
      const { added, lost } = outcome;
      expect(added + lost).toBeLessThanOrEqual(ends);
      if (length >= whole.length - 22) expect(added).toBe(ends);
    }),
    { numRuns: 120 },
  );
});

test('cut behind its journal, what is gone is listed', async () => {
  for (let length = told + 40; length < whole.length; length += 97) {
    const { added, lost } = await restored(whole.slice(0, length));
    expect(added + lost).toBe(6);
  }
});

/** Bytes that each tell of more than one file, or that no file is found without. */
function telling(): [number, number][] {
  const text = new TextDecoder('latin1').decode(whole);
  const ofJournal = text.indexOf('journal/') - LOCAL.length;
  const betweenTwoLines = text.lastIndexOf('\n{"at"');
  const ofSums = text.indexOf('SHA256SUMS') - LOCAL.length;
  const unpackedLength = text.lastIndexOf('README.md') - CENTRAL.length + 24;
  return [ofJournal, betweenTwoLines, ofSums, unpackedLength + 3].map((at) => [at, 1]);
}

test('a flipped byte anywhere loses one snapshot at most, which is listed, and a whole backup completes it', async () => {
  const sound = new Blob([whole]);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: whole.length - 1 }),
      fc.integer({ min: 1, max: 255 }),
      async (at, flip) => {
        const bytes = whole.slice();
        bytes[at]! ^= flip;
        const { back, added, lost } = await restored(bytes);
        expect(added).toBeGreaterThanOrEqual(5);
        expect(added + lost).toBeGreaterThanOrEqual(6);
        await restoreInto(back, sound);
        expect(await bronzeOf(back)).toEqual(truth);
      },
    ),
    { numRuns: 200, examples: telling() },
  );
});

test('of a damaged hour the sound members are kept', async () => {
  const lake = await small();
  const path = 'bronze/velib/2026-11-23/12.zip';
  const hour = await lake.read(path);
  const [first, second] = unpackHour(hour).map(({ name }) => name);
  hour[90]! ^= 255;
  await lake.storage.write(path, hour);
  const { report, added } = await restored(new Uint8Array(await (await zipOf(lake)).arrayBuffer()));
  expect(added).toBe(5);
  expect(report.lost).toEqual([{ path: `${path}/${first}`, reason: 'damaged', snapshots: 1 }]);
  expect(second).toBeDefined();
});

test('without its journal a backup gives back what its files tell', async () => {
  const lake = await small();
  const zip = await zipOf(lake);
  const text = new TextDecoder('latin1').decode(await zip.arrayBuffer());
  const bytes = Uint8Array.from(text.replaceAll('"kind"', '"knid"'), (char) => char.charCodeAt(0));
  const { added, back } = await restored(bytes);
  expect(added).toBe(6);
  expect(Object.values(back.state.sources[SOURCE]!.schemas)).toHaveLength(1);
});
