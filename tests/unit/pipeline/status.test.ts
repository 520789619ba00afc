import { expect, test } from 'vitest';
import type { FileEntry } from '../../../src/lake/journal.ts';
import { dayOfFile } from '../../../src/pipeline/status.ts';

const noon = Date.UTC(2024, 10, 9, 12);
const file = (table: string, from: number | null, to = from) => ({ table, from, to }) as FileEntry;

test('a file goes with the day that it tells of, and with none if it tells of several or outlives it', () => {
  expect(dayOfFile(file('snapshot', noon))).toBe('2024-11-09');
  expect(dayOfFile(file('import', noon, noon + 3_600_000))).toBe('2024-11-09');
  expect(dayOfFile(file('import', noon, noon + 86_400_000))).toBeNull();
  expect(dayOfFile(file('import', null))).toBeNull();
  expect(dayOfFile(file('station_information', noon))).toBeNull();
});
