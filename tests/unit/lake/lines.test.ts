import { describe, expect, test } from 'vitest';
import type { JournalEvent } from '../../../src/lake/journal.ts';
import { formatEvents, parseJournal, stamp, unstamp } from '../../../src/lake/lines.ts';

const event = (term: number): JournalEvent => ({ at: 1, term, kind: 'touch', folders: ['é', 'b'] });
const term = (number: number, torn?: true): JournalEvent => ({
  ...{ at: 2, term: number, kind: 'term', format: 2 },
  ...(torn && { torn }),
});
const encoder = new TextEncoder();

function join(...parts: (Uint8Array | string)[]): Uint8Array {
  const bytes = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part));
  const whole = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of bytes) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

test('a stamped text is still JSON, and says whether it is whole', () => {
  const text = stamp('{"a":"b"}', 8);
  expect(JSON.parse(text)).toMatchObject({ a: 'b' });
  expect(unstamp(text, 8)).toBe('{"a":"b"}');
  expect(unstamp(text.replace('"b"', '"c"'), 8)).toBeNull();
  expect(unstamp('{"a":"b"}', 8)).toBeUndefined();
});

test('lines come back as they were written', () => {
  const events = [term(1), event(1)];
  expect(parseJournal(formatEvents(events))).toMatchObject({ torn: 0, damaged: 0, open: false });
  expect(parseJournal(formatEvents(events)).events).toMatchObject(events);
});

test('lines of a lake that had no checksums count, and a torn one among them does not', () => {
  const old = '{"at":1,"term":1,"kind":"term"}\n{"at":1,"ter\n{"at":1,"term":2,"kind":"term"}\n';
  const parsed = parseJournal(join(old, formatEvents([term(3)])));
  expect(parsed.events.map((one) => one.term)).toEqual([1, 2, 3]);
  expect(parsed).toMatchObject({ torn: 1, damaged: 0 });
});

describe('a file cut at any byte', () => {
  const whole = formatEvents([term(1), event(1), event(1)]);
  test.each(Array.from({ length: whole.length }, (_, length) => length))('%i', (length) => {
    const { damaged, open, events } = parseJournal(whole.subarray(0, length));
    expect(damaged).toBe(0);
    const isTorn = open;
    const next = join(whole.subarray(0, length), formatEvents([term(2, isTorn || undefined)], isTorn));
    const after = parseJournal(next);
    expect(after.damaged).toBe(0);
    expect(after.events).toHaveLength(events.length + 1);
  });
});

test('any flipped bit is told of, or changes no event', () => {
  const events = [term(1), event(1), term(2), event(2)];
  const whole = formatEvents(events);
  for (let bit = 0; bit < whole.length * 8; bit += 1) {
    const flipped = whole.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const parsed = parseJournal(flipped);
    if (parsed.damaged === 0) expect(parsed.events, `bit ${bit}`).toMatchObject(events);
  }
});

test('zeros and half a file are not taken for an empty journal', () => {
  expect(parseJournal(new Uint8Array(100)).damaged).toBe(1);
  const whole = formatEvents([term(1), event(1)]);
  expect(parseJournal(join(whole, new Uint8Array(10))).damaged).toBe(1);
});
