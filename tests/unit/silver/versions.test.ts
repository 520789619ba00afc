import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StationVersions, type Run } from '../../../src/silver/versions.ts';

const base = {
  station_code: '16107',
  name: 'Godard',
  lat: 48.865983,
  lon: 2.275725,
  capacity: 35,
  commune: 'Paris',
};
const run = (since: number, change: Partial<Run> = {}, times = 1): Run => ({
  ...base,
  since,
  times,
  ...change,
});
const nowhere = () => null;

function versionsOf(runs: readonly Run[]) {
  return new StationVersions([], {}, nowhere).observe(runs).opened.map(({ valid_from, capacity, name }) => ({
    ...{ valid_from, capacity, name },
  }));
}

test('the first word of a station opens its first version', () => {
  expect(versionsOf([run(1)])).toEqual([{ valid_from: 1, capacity: 35, name: 'Godard' }]);
});

test('nulls never open a version, nor end a change that goes on around them', () => {
  const nothing = { name: null, lat: null, lon: null, capacity: null, commune: null };
  const runs = [
    run(1),
    run(2, nothing),
    run(3, { capacity: 40 }),
    run(4, nothing),
    run(5, { capacity: 40 }, 2),
  ];
  expect(versionsOf(runs)).toEqual([
    { valid_from: 1, capacity: 35, name: 'Godard' },
    { valid_from: 3, capacity: 40, name: 'Godard' },
  ]);
});

test('what was unknown is known as soon as it is told; what contradicts must persist', () => {
  const unplaced = { lat: null, lon: null, commune: null };
  expect(versionsOf([run(1, unplaced), run(2)])).toHaveLength(2);
  expect(versionsOf([run(1, unplaced), run(2, { capacity: 40 })])).toHaveLength(1);
});

test('a value that flaps between the portal’s caches opens none', () => {
  const runs = Array.from({ length: 20 }, (_, at) => run(at, { capacity: at % 2 ? 40 : 35 }));
  expect(versionsOf(runs)).toHaveLength(1);
});

test('a change that persists counts from when it was first seen', () => {
  expect(versionsOf([run(1), run(5, { name: 'New' }, 3)])[1]).toEqual({
    valid_from: 5,
    capacity: 35,
    name: 'New',
  });
});

test('a position opens a version when it moves by more than some metres', () => {
  expect(versionsOf([run(1), run(2, { lat: 48.866, lon: 2.2757 }, 9)])).toHaveLength(1);
  expect(versionsOf([run(1), run(2, { lat: 48.867 }, 9)])).toHaveLength(2);
});

test('how snapshots are cut into batches changes nothing', () => {
  const capacities = fc.array(fc.constantFrom(35, 40, null), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(capacities, fc.array(fc.nat(5), { maxLength: 30 }), (values, cuts) => {
      const single = values.map((capacity, at) => run(at, { capacity }));
      const whole = new StationVersions([], {}, nowhere).observe(single).opened;
      let state = new StationVersions([], {}, nowhere);
      const pieces = [];
      const rest = [...single];
      for (const cut of [...cuts, rest.length]) {
        const { opened } = state.observe(rest.splice(0, cut));
        pieces.push(...opened);
        state = new StationVersions(pieces, state.pending, nowhere);
      }
      expect(pieces).toEqual(whole);
    }),
  );
});
