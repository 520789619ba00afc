import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileEntry } from '../../src/lake/journal.ts';
import { hasShared, openHouse, sharedFile, today, type TestHouse } from './houses.ts';

let one: TestHouse;
beforeEach(async () => {
  one = await openHouse();
});
afterEach(() => one.house.engine.terminate());

const text = (content: string, name = 'velib.csv') => new File([content], name, { lastModified: today });

/** A generator of numbers from 0 to 1 that gives the same ones each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What the lake vouches for: the tests' lakes share one journal. */
function files(): FileEntry[] {
  const { lake, source } = one.house;
  return Object.values(lake.state.files).filter((file) => file.source === source);
}

/** Whatever came of a file, the lake is whole: every file it vouches for is there, and no row is unaccounted for. */
async function bringDamaged(file: File): Promise<string> {
  const [report] = await one.bring(file);
  for (const { path, bytes } of files()) {
    expect((await one.house.lake.read(path)).length, path).toBe(bytes);
  }
  for (const { rows, accepted, quarantined, rejected } of report!.tables) {
    const counted = Object.values(rejected).reduce((sum, count) => sum + count, 0);
    expect(accepted + quarantined + counted).toBe(rows);
  }
  return report!.error?.code ?? 'read';
}

describe('a file that cannot be read leaves its attempt and nothing else', () => {
  const png = Uint8Array.from([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
  ]);
  test.each<[string, File, string]>([
    ['an empty file', text(''), 'import.empty'],
    ['a picture named .csv', new File([png], 'velib.csv'), 'import.not_a_table'],
    [
      '5 000 columns',
      text(`${Array.from({ length: 5000 }, (_, i) => `c${i}`).join(';')}\n`),
      'import.too_wide',
    ],
    ['a line of 10 MB', text(`a;b\n${'x'.repeat(1e7)};1\n`), 'import.long_line'],
    ['JSON nested 10 000 deep', text('['.repeat(10_000) + ']'.repeat(10_000), 'a.json'), 'import.too_deep'],
    ['JSON that ends in the middle', text('[{"stationcode":"1', 'a.json'), 'import.cut'],
  ])('%s', async (_, file, code) => {
    expect(await bringDamaged(file)).toBe(code);
    expect(files()).toEqual([]);
    expect(one.house.lake.state.sources[one.house.source]!.imports).toHaveLength(1);
  });
});

test('a bomb is refused before it fills memory', async () => {
  const zeros = new Blob([new Uint8Array(50_000_000)]);
  const packed = await new Response(zeros.stream().pipeThrough(new CompressionStream('gzip'))).blob();
  expect(await bringDamaged(new File([packed], 'bomb.csv.gz'))).toBe('import.bomb');
});

describe.skipIf(!hasShared)('real files, cut or with bytes flipped', () => {
  const paths = [
    'labels-csv-2023/velib-disponibilite-en-temps-reel.csv',
    'smovengo-2019/velib-disponibilite-en-temps-reel.geojson',
    'v21-export-2024/raw/R-Velib__R-Velib20241104_111501.json.gz',
    'scraped-labels-2022/data_2022-06-01T145009Z_is_really_a_zip.csv',
  ];
  test.each(paths)(
    '%s',
    async (path) => {
      const bytes = new Uint8Array(await (await sharedFile(`velib/${path}`))!.arrayBuffer());
      const random = seeded(bytes.length);
      const outcomes: string[] = [];
      for (let round = 0; round < 6; round += 1) {
        const at = Math.floor(random() * bytes.length);
        const damaged = bytes.slice(0, round % 2 === 0 ? at : bytes.length);
        if (round % 2 === 1) damaged[at] = Math.floor(random() * 256);
        outcomes.push(await bringDamaged(new File([damaged], `${round}.csv`, { lastModified: today })));
      }
      expect(outcomes).toHaveLength(6);
    },
    120_000,
  );
});
