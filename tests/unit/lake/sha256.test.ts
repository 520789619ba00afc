import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sha256Of } from '../../../src/lake/names.ts';

const megabyte = 2 ** 20;
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31) % 251);

test.each([0, 1, 8 * megabyte, 8 * megabyte + 1])('a file of %d bytes has its check sum', async (length) => {
  const bytes = bytesOf(length);
  const expected = createHash('sha256').update(bytes).digest('hex');
  expect(await sha256Of(new Blob([bytes]))).toBe(expected);
});

test('a word to stop is heard between two slices, and not at the end', async () => {
  const reason = new Error('stopped');
  const stop = new AbortController();
  let slices = 0;
  const blob = new Blob([bytesOf(40 * megabyte)]);
  const watched = {
    size: blob.size,
    slice: (from: number, to: number) => {
      slices += 1;
      if (slices === 2) stop.abort(reason);
      return blob.slice(from, to);
    },
  } as Blob;
  await expect(sha256Of(watched, stop.signal)).rejects.toBe(reason);
  expect(slices).toBe(2);
});
