import { expect, test } from 'vitest';
import { packHour, type Member } from '../../../src/bronze/archive.ts';
import { sha256 } from '../../../src/lake/names.ts';
import { salvageHour } from '../../../src/pipeline/repair/salvageHour.ts';

const members = Array.from({ length: 4 }, (_, minute): Member => {
  const text = Array.from({ length: 40 }, (__, row) => `station ${row},${(row * 7 + minute) % 30}\n`).join(
    '',
  );
  const bytes = new TextEncoder().encode(text);
  return { name: `velib_20261123T16000${minute}.000Z_${sha256(bytes).slice(0, 6)}.csv`, bytes };
});

async function* each() {
  yield* members;
}

const zip = await packHour(each());
const all = members.map(({ name }) => name);
const salvage = (bytes: Uint8Array<ArrayBuffer>) => salvageHour(bytes, (name) => all.includes(name));
const names = async (bytes: Uint8Array<ArrayBuffer>) => (await salvage(bytes)).map(({ name }) => name);

test('a whole hour gives all its snapshots', async () => {
  expect(await salvage(zip)).toEqual(members);
});

test('of a cut hour, the snapshots before the cut are kept', async () => {
  let kept = 0;
  for (let length = 0; length <= zip.length; length += 7) {
    const found = await names(zip.slice(0, length));
    expect(found).toEqual(all.slice(0, found.length));
    expect(found.length).toBeGreaterThanOrEqual(kept);
    kept = found.length;
  }
  expect(kept).toBeGreaterThanOrEqual(members.length - 1);
});

test('a flipped byte costs at most one snapshot', async () => {
  for (let at = 0; at < zip.length; at += 5) {
    const flipped = zip.slice();
    flipped[at]! ^= 0x40;
    const found = await names(flipped);
    expect(all).toEqual(expect.arrayContaining(found));
    expect(found.length, `byte ${at} of ${zip.length}`).toBeGreaterThanOrEqual(members.length - 1);
  }
});
