import { expect, test } from 'vitest';
import { Lake } from '../../../src/lake/lake.ts';
import { MemoryStorage } from '../../../src/lake/memory.ts';
import { recover } from '../../../src/pipeline/repair/recover.ts';

const NOON = Date.parse('2026-11-23T12:00:00Z');

async function takeOver(storage: MemoryStorage) {
  const lake = await Lake.open(storage, () => NOON);
  await lake.startTerm();
  await recover(lake, { origin: 'live', fetched_at_basis: 'clock' });
  return lake;
}

test.each(['2026-11-22', '2026-11-23'])(
  'the journal stays, though its day %s was found damaged and noted',
  async (day) => {
    const storage = new MemoryStorage();
    const lake = await takeOver(storage);
    const path = `journal/${day}.jsonl`;
    await lake.append([
      {
        kind: 'damage',
        damages: [{ path, source: null, problem: 'journal', moved: null, lost: [] }],
        files: [],
      },
    ]);
    const before = await storage.read('journal/2026-11-23.jsonl');
    await takeOver(storage);
    const after = await storage.read('journal/2026-11-23.jsonl');
    expect(after.subarray(0, before.length)).toEqual(before);
  },
);

test('a folder of the journal that an older state names as touched is left alone', async () => {
  const storage = new MemoryStorage();
  const lake = await takeOver(storage);
  await lake.append([{ kind: 'touch', folders: ['journal', 'gold/top_areas/source=velib'] }]);
  await storage.write('gold/top_areas/source=velib/orphan.parquet', new Uint8Array(1));
  lake.state.leftovers.folders.push('journal');
  await lake.checkpoint();
  const before = await storage.list('journal');
  await takeOver(storage);
  expect(await storage.list('journal')).toEqual(before);
  expect(await storage.list('gold/top_areas/source=velib')).toEqual([]);
});
