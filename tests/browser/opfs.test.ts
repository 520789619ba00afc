import { beforeEach, expect, test } from 'vitest';
import { OpfsStorage } from '../../src/lake/opfs.ts';

let storage: OpfsStorage;
beforeEach(async () => {
  storage = await OpfsStorage.open('velolac-test/opfs');
  for (const name of await storage.list('')) await storage.remove(name);
});

const bytes = (text: string) => new TextEncoder().encode(text);

test('files are written whole, read back, listed and removed', async () => {
  await storage.write('bronze/velib/2026-11-23/16/a.csv', bytes('a,b\n'));
  await storage.write('bronze/velib/2026-11-23/16/b.csv', bytes('c'));
  expect(await storage.read('bronze/velib/2026-11-23/16/a.csv')).toEqual(bytes('a,b\n'));
  expect(await storage.list('bronze/velib/2026-11-23/16')).toEqual(['a.csv', 'b.csv']);
  await storage.remove('bronze/velib/2026-11-23/16/a.csv');
  expect(await storage.list('bronze/velib/2026-11-23/16')).toEqual(['b.csv']);
  await storage.remove('bronze');
  expect(await storage.list('bronze/velib/2026-11-23/16')).toEqual([]);
});

test('what is appended stands behind what was there', async () => {
  await storage.append('journal/d.jsonl', bytes('1\n'));
  await storage.append('journal/d.jsonl', bytes('2\n'));
  expect(await storage.read('journal/d.jsonl')).toEqual(bytes('1\n2\n'));
});

test('a shorter text leaves nothing of the longer one before it', async () => {
  await storage.write('x', bytes('long text'));
  await storage.write('x', bytes('short'));
  expect(await storage.read('x')).toEqual(bytes('short'));
});

test('a file that is not there is a typed error, its removal none', async () => {
  await expect(storage.read('no/such/file')).rejects.toMatchObject({
    code: 'lake.missing_file',
    details: { path: 'no/such/file' },
  });
  await expect(storage.remove('no/such/file')).resolves.toBeUndefined();
});

test('tabs that open at the same moment each get the file system', async () => {
  const opened = Array.from({ length: 20 }, () => OpfsStorage.open('velolac-test/opfs'));
  await expect(Promise.all(opened)).resolves.toHaveLength(20);
  expect(await storage.list('')).toEqual([]);
});
