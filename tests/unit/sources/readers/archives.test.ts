import { gzipSync, strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, test } from 'vitest';
import { joined } from '../../../../src/sources/readers/content.ts';
import { readAll, readOne, refusal } from './read.ts';

const csv = (rows: number, from = 0) =>
  `code;name;bikes\n${Array.from({ length: rows }, (_, i) => `${from + i};Station n° ${(from + i) ** 3};${i % 30}\n`).join('')}`;
const gzip = (content: string | Uint8Array) =>
  new Uint8Array(gzipSync(typeof content === 'string' ? strToU8(content) : content));
const zip = (members: Zippable) => new Uint8Array(zipSync(members));

/** What was found, in short. */
const told = async (content: Uint8Array<ArrayBuffer>) =>
  (await readAll(content)).map((found) =>
    typeof found === 'string' ? found : `${found.name}: ${found.envelope}, ${found.rows.length}`,
  );

describe('gzip', () => {
  test('holds a table of any kind, and keeps the file’s name', async () => {
    expect((await readOne(gzip(csv(3)), 'folder/stations.zip')).name).toBe('stations.zip');
    expect(await told(gzip('[{"a":1}]'))).toEqual(['file: records, 1']);
    expect(await told(gzip(gzip(csv(3))))).toEqual(['file: csv, 3']);
  });

  test('may have several members, which are one text', async () => {
    const appended = Array.from({ length: 20 }, (_, i) =>
      gzip(csv(3000, i * 3000).slice(i && 'code;name;bikes\n'.length)),
    );
    const { rows } = await readOne(joined(appended));
    expect(rows).toHaveLength(60_000);
    expect(rows.map(([code]) => Number(code))).toEqual(Array.from({ length: 60_000 }, (_, i) => i));
  });

  test.each([
    ['cut in its data', (bytes: Uint8Array) => bytes.slice(0, -100)],
    ['cut in its trailer', (bytes: Uint8Array) => bytes.slice(0, -3)],
    ['cut in its header', (bytes: Uint8Array) => bytes.slice(0, 5)],
    ['with another check sum', (bytes: Uint8Array) => bytes.with(-7, bytes.at(-7)! ^ 1)],
    ['with another size', (bytes: Uint8Array) => bytes.with(-2, bytes.at(-2)! ^ 1)],
    ['with a changed byte', (bytes: Uint8Array) => bytes.with(2000, bytes[2000]! ^ 255)],
    ['with something after it', (bytes: Uint8Array) => joined([bytes, strToU8('and more')])],
    [
      'with a second member that is damaged',
      (bytes: Uint8Array) => joined([bytes.with(-7, bytes.at(-7)! ^ 1), bytes]),
    ],
  ])('%s is damaged', async (_, damage) => {
    expect(await refusal(new Uint8Array(damage(gzip(csv(2000)))))).toBe('import.damaged');
  });

  test('of nothing is empty', async () => {
    expect(await refusal(gzip(''))).toBe('import.empty');
  });

  test('that is a bomb is refused before it fills memory', async () => {
    const bomb = gzip(`code;name\n${'1;2\n'.repeat(4e6)}`);
    expect(bomb.length).toBeLessThan(50_000);
    expect(await refusal(bomb)).toBe('import.bomb');
    expect(await refusal(gzip(`[${' '.repeat(12e6)}]`))).toBe('import.bomb');
    expect(await refusal(gzip(bomb))).toBe('import.bomb');
  });

  test('of very even data is none', async () => {
    const even = `poll,code,name,bikes\n${Array.from({ length: 200_000 }, (_, i) => `2024-11-04T10:${String(i % 60).padStart(2, '0')}:01,16107,"Benjamin Godard - Victor Hugo, Paris, 16e arrondissement",3\n`).join('')}`;
    expect(even.length / gzip(even).length).toBeGreaterThan(20);
    expect((await readOne(gzip(even))).rows).toHaveLength(200_000);
  });
});

describe('a ZIP', () => {
  test('has a table a member, whatever its name, and tells which is none', async () => {
    const members = {
      'readme.txt': strToU8('Stations of Paris.\nHave fun.\n'),
      '2024/': new Uint8Array(0),
      '2024/a.csv': strToU8(csv(3)),
      '2024/stored.txt': [strToU8('[{"a":1}]'), { level: 0 }],
      '2024/.DS_Store': new Uint8Array(50),
      '__MACOSX/2024/._a.csv': new Uint8Array(50),
      'é.csv.gz': gzip(csv(4)),
      'inner.zip': zip({
        'b.csv': strToU8(csv(5)),
        'picture.png': Uint8Array.from({ length: 500 }, (_, i) => i),
      }),
      'empty.csv': new Uint8Array(0),
    } satisfies Zippable;
    expect(await told(zip(members))).toEqual([
      'import.not_a_table',
      'a.csv: csv, 3',
      'stored.txt: records, 1',
      'é.csv.gz: csv, 4',
      'b.csv: csv, 5',
      'import.not_a_table',
      'import.empty',
    ]);
  });

  test('nests no deeper than two', async () => {
    const inner = zip({ 'a.csv.gz': gzip(csv(3)) });
    expect(await told(inner)).toEqual(['a.csv.gz: csv, 3']);
    expect(await told(zip({ 'inner.zip': inner }))).toEqual(['import.too_deep']);
    expect(await refusal(gzip(gzip(gzip(csv(3)))))).toBe('import.too_deep');
  });

  test('without a table in it is refused whole', async () => {
    expect(await refusal(zip({}))).toBe('import.empty');
    expect(await refusal(zip({ '[Content_Types].xml': strToU8('<x/>'), 'xl/a.xml': strToU8('<y/>') }))).toBe(
      'import.not_a_table',
    );
  });

  test('that is cut is damaged', async () => {
    const whole = zip({ 'a.csv': strToU8(csv(3000)) });
    for (const end of [10, 1000, -60, -1]) expect(await refusal(whole.slice(0, end))).toBe('import.damaged');
  });

  test.each([0, 6] as const)(
    'at level %i, whose member has a changed byte, loses that member at its end',
    async (level) => {
      const archive = zip({ 'a.csv': [strToU8(csv(3000)), { level }], 'b.csv': strToU8(csv(2)) });
      const broken = archive.with(2000, archive[2000]! ^ 1);
      expect(await refusal(broken)).toBe('import.damaged');
    },
  );

  test('with a password is refused, not read as noise', async () => {
    const archive = zip({ 'a.csv': strToU8(csv(3)) });
    const directory = archive.findLastIndex(
      (_, i) => archive[i] === 0x50 && archive[i + 1] === 0x4b && archive[i + 2] === 1,
    );
    expect(await told(archive.with(directory + 8, 1))).toEqual(['import.damaged']);
  });

  test('that says itself that it is a bomb is refused unread', async () => {
    expect(await refusal(zip({ 'a.csv': new Uint8Array(20e6) }))).toBe('import.bomb');
  });

  test('whose member unpacks to more than it says is refused', async () => {
    const archive = zip({ 'a.csv': new Uint8Array(5e6).fill(48) });
    const directory = archive.findLastIndex(
      (_, i) => archive[i] === 0x50 && archive[i + 1] === 0x4b && archive[i + 2] === 1,
    );
    new DataView(archive.buffer).setUint32(directory + 24, 1000, true);
    expect(await told(archive)).toEqual(['import.damaged']);
  });

  test('in the ZIP64 format is read', async () => {
    expect(await told(zip64('a.csv', strToU8(csv(3))))).toEqual(['a.csv: csv, 3']);
  });
});

/** A stored member in a ZIP whose sizes and offsets are told as 64-bit numbers (APPNOTE 4.5.3, 4.3.14, 4.3.15). */
function zip64(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const longs = (...values: number[]) => new Uint8Array(new BigUint64Array(values.map(BigInt)).buffer);
  const extra = { 1: longs(content.length, content.length, 0) };
  const archive = zip({ [name]: [content, { level: 0, extra }] });
  const end = archive.length - 22;
  const view = new DataView(archive.buffer);
  const [size, at] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  for (const field of [20, 24, 42]) view.setUint32(at + field, 0xffffffff, true);
  for (const field of [12, 16]) view.setUint32(end + field, 0xffffffff, true);
  const end64 = new Uint8Array(56);
  end64.set([0x50, 0x4b, 6, 6]);
  end64.set(longs(size, at), 40);
  const locator = new Uint8Array(20);
  locator.set([0x50, 0x4b, 6, 7]);
  locator.set(longs(end), 8);
  return joined([archive.subarray(0, end), end64, locator, archive.subarray(end)]);
}
