import { expect, it } from 'vitest';
import { AreaMap } from '../../../src/pipeline/areaMap.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ever = { from: 0, until: 1e15 };

/** A station that stays, and one that moves at an instant. */
const moving = (move: number, to = 'there') =>
  new AreaMap([
    { station: '1001', area: 'here', ...ever },
    { station: '16107', area: 'here', from: 0, until: move },
    { station: '16107', area: to, from: move, until: ever.until },
  ]);

it('hours between which no station moves have one hash, others their own', () => {
  const map = moving(10 * HOUR + 30 * MINUTE);
  const before = map.hashOf(HOUR, 2 * HOUR);
  expect(map.hashOf(5 * HOUR + 59 * MINUTE, 10 * HOUR + 59 * MINUTE)).toBe(before);
  const after = map.hashOf(11 * HOUR, 12 * HOUR);
  expect(map.hashOf(20 * HOUR, 100 * HOUR)).toBe(after);
  expect(new Set([before, after, map.hashOf(10 * HOUR, 11 * HOUR)]).size).toBe(3);
});

it('a move counts where it is in the hours, when and to where', () => {
  const day = (map: AreaMap) => map.hashOf(0, 24 * HOUR - 1);
  const map = moving(10 * HOUR);
  expect(day(moving(10 * HOUR))).toBe(day(map));
  expect(day(moving(11 * HOUR))).not.toBe(day(map));
  expect(day(moving(10 * HOUR, 'elsewhere'))).not.toBe(day(map));
  const morning = (map: AreaMap) => map.hashOf(0, 9 * HOUR + 59 * MINUTE);
  expect(morning(moving(10 * HOUR, 'elsewhere'))).toBe(morning(map));
  expect(morning(moving(9 * HOUR))).not.toBe(morning(map));
});
