import { expect, test } from 'vitest';
import { parisSpans, parisToUtc } from '../../../src/silver/parisTime.ts';

const utc = (local: string) => {
  const at = parisToUtc(Date.parse(`${local}Z`));
  return at === null ? null : new Date(at).toISOString();
};

test('winter is an hour ahead of UTC, summer two', () => {
  expect(utc('2024-01-15T12:00:00.482')).toBe('2024-01-15T11:00:00.482Z');
  expect(utc('2024-07-15T12:00:00')).toBe('2024-07-15T10:00:00.000Z');
});

test('the hour that is repeated in October tells no instant', () => {
  expect(utc('2024-10-27T01:59:59')).toBe('2024-10-26T23:59:59.000Z');
  expect(utc('2024-10-27T02:00:00')).toBeNull();
  expect(utc('2024-10-27T02:59:59.999')).toBeNull();
  expect(utc('2024-10-27T03:00:00')).toBe('2024-10-27T02:00:00.000Z');
});

test('the hour that is skipped in March is no time', () => {
  expect(utc('2024-03-31T01:59:59')).toBe('2024-03-31T00:59:59.000Z');
  expect(utc('2024-03-31T02:00:00')).toBeNull();
  expect(utc('2024-03-31T02:59:59')).toBeNull();
  expect(utc('2024-03-31T03:00:00')).toBe('2024-03-31T01:00:00.000Z');
});

test('every year from 2005 to 2050 has its two nights, one hour of each', () => {
  const spans = parisSpans();
  expect(spans).toHaveLength(2 * 46 + 1);
  const gaps = spans.slice(1).map(({ from }, index) => from - spans[index]!.to);
  expect(new Set(gaps)).toEqual(new Set([3_600_000]));
  expect([utc('2004-06-01T00:00:00'), utc('2051-06-01T00:00:00')]).toEqual([null, null]);
  expect(utc('2007-07-15T00:00:00')).toBe('2007-07-14T22:00:00.000Z');
});
