import { afterEach, describe, expect, it } from 'vitest';
import { at, Lake, type Reading, type Version } from './lake.ts';

let lake: Lake;

afterEach(() => lake.close());

/** Three frames that stand for 60, 120 and 60 seconds. */
const snapshots = [at('08:00:00'), at('08:01:00'), at('08:03:00')];
const span = { from: at('08:00:00'), to: at('08:04:00') };

/** A station's summary over the three frames; null leaves it out of a frame. */
async function summarise(frames: (Omit<Reading, 'station' | 'at'> | null)[], versions: Version[] = []) {
  const readings = frames.flatMap((frame, index) =>
    frame ? [{ station: '16107', at: snapshots[index]!, ...frame }] : [],
  );
  lake = await Lake.open({ snapshots, readings, versions });
  await lake.select(span);
  return lake.summary('16107');
}

describe('means', () => {
  it('weigh each frame by the time it stood for', async () => {
    const frames = [
      { mechanical: 0, ebikes: 8, docks: 12 },
      { mechanical: 4, ebikes: 4, docks: 12 },
      { mechanical: 12, ebikes: 0, docks: 6, capacity: 24 },
    ];
    expect(await summarise(frames)).toMatchObject({
      presence: 1,
      mechanical: (0 * 60 + 4 * 120 + 12 * 60) / 240,
      ebikes: (8 * 60 + 4 * 120 + 0 * 60) / 240,
      bikes: (8 * 60 + 8 * 120 + 12 * 60) / 240,
      docks: 10.5,
      capacity: 21,
      // capacity - bikes - docks: 0, 0 and 6 docks.
      docks_out_of_order: 1.5,
    });
  });

  it('leave out the time in which a figure is unknown', async () => {
    const frames = [{ ebikes: 8 }, { ebikes: null, mechanical: null, bikes: 7 }, { ebikes: 2 }];
    expect(await summarise(frames)).toMatchObject({
      presence: 1,
      ebikes: 5,
      mechanical: 6,
      bikes: (14 * 60 + 7 * 120 + 8 * 60) / 240,
    });
  });

  it('are null when nothing was ever told', async () => {
    const frames = [{ ebikes: null }, { ebikes: null }, null];
    expect(await summarise(frames)).toMatchObject({ presence: 0.75, ebikes: null, mechanical: 6 });
  });

  it('take the capacity of station_information where the status has none', async () => {
    const versions = [{ station: '16107', from: at('07:00:00'), capacity: 30 }];
    const frames = [{ capacity: 18 }, { capacity: null }, { capacity: 18 }];
    expect(await summarise(frames, versions)).toMatchObject({
      capacity: 24,
      // 10 bikes and 10 docks: -2 in the first and the last frame, which counts as 0, and 10 between.
      docks_out_of_order: 5,
    });
  });

  it('judge a status without a capacity by that of station_information', async () => {
    const versions = [{ station: '16107', from: at('07:00:00'), capacity: 0 }];
    const stale = new Date('2018-07-01T00:00:00Z');
    const frames = [
      { capacity: null },
      { capacity: null, bikes: null },
      { capacity: null, reported: stale, docks: 5 },
    ];
    expect(await summarise(frames, versions)).toMatchObject({
      ...{ in_service_share: 0, closed_share: 1, stale_share: 0.25, capacity: 0, docks_out_of_order: null },
    });
  });

  it('stand large numbers that no dock has', async () => {
    const frames = [
      { mechanical: 32767, ebikes: 32767, bikes: 32767, docks: 32767, capacity: -32768 },
      {},
      {},
    ];
    expect(await summarise(frames)).toMatchObject({ bikes: (32767 + 30) / 4, docks_out_of_order: 0 });
  });
});

describe('presence', () => {
  it('is the share of the time in which a station is listed', async () => {
    expect(await summarise([null, {}, null])).toMatchObject({
      presence: 0.5,
      bikes: 10,
      in_service_share: 1,
    });
  });

  it('ignores a station that is only in a frame that stood for no time', async () => {
    lake = await Lake.open({ snapshots, readings: [{ station: '16107', at: snapshots[2]! }] });
    await lake.select({ from: snapshots[0]!, to: snapshots[2]! });
    expect(await lake.summary('16107')).toBeUndefined();
  });

  it('is whole for the only frame of a span, whatever time it stood for', async () => {
    lake = await Lake.open({
      snapshots: [at('08:00:00.123')],
      readings: [{ station: '16107', at: at('08:00:00.123'), ebikes: 7 }],
    });
    await lake.select({ from: at('08:00:00'), to: at('08:07:13.777') });
    expect(await lake.summary('16107')).toMatchObject({ presence: 1, ebikes: 7, balanced_share: 1 });
  });
});

describe('service', () => {
  const closed = { in_service_share: 0.5, closed_share: 0.5, balanced_share: 0.5, stale_share: 0 };

  it.each([
    ['is not installed', { installed: false }],
    ['does not rent', { renting: false }],
    ['does not take back', { returning: false }],
    ['has no dock at all', { capacity: 0 }],
  ])('ends while a station %s', async (_, frame) => {
    expect(await summarise([{}, frame, {}])).toMatchObject(closed);
  });

  it('ends when the last report is older than 24 hours', async () => {
    const dayBefore = (time: Date, ms: number) => new Date(time.getTime() - 24 * 3_600_000 - ms);
    const frames = [
      { reported: dayBefore(snapshots[0]!, 0) },
      { reported: dayBefore(snapshots[1]!, 1) },
      { reported: dayBefore(snapshots[2]!, -1) },
    ];
    expect(await summarise(frames)).toMatchObject({ ...closed, stale_share: 0.5 });
  });

  it('counts stale whatever the flags say', async () => {
    const frame = { renting: false, reported: new Date('2018-07-01T00:00:00Z') };
    expect(await summarise([frame, frame, frame])).toMatchObject({ stale_share: 1, in_service_share: 0 });
  });

  it('goes on when a flag or the report is unknown', async () => {
    const frame = { installed: null, renting: null, returning: null, reported: null };
    expect(await summarise([frame, frame, frame])).toMatchObject({
      in_service_share: 1,
      stale_share: 0,
      balanced_share: 1,
    });
  });

  it('keeps a refusal beside an unknown flag', async () => {
    const frame = { installed: null, renting: false, reported: null };
    expect(await summarise([frame, frame, frame])).toMatchObject({ in_service_share: 0 });
  });
});

describe('states', () => {
  it.each([
    [0, 0, 'empty_share'],
    [0, 20, 'empty_share'],
    [1, 1, 'few_bikes_share'],
    [2, 18, 'few_bikes_share'],
    [1, 0, 'full_share'],
    [3, 0, 'full_share'],
    [3, 1, 'few_docks_share'],
    [18, 2, 'few_docks_share'],
    [3, 3, 'balanced_share'],
  ])('of %i bikes and %i docks is %s alone', async (bikes, docks, state) => {
    const frame = { mechanical: bikes, ebikes: 0, docks };
    const none = {
      closed_share: 0,
      empty_share: 0,
      few_bikes_share: 0,
      balanced_share: 0,
      few_docks_share: 0,
      full_share: 0,
    };
    expect(await summarise([frame, frame, frame])).toMatchObject({ ...none, [state]: 1 });
  });

  it('share the time in which the state is known', async () => {
    const frames = [
      { mechanical: 0, ebikes: 0, docks: 20 },
      { docks: null },
      { renting: false, docks: null },
    ];
    expect(await summarise(frames)).toMatchObject({
      in_service_share: 0.75,
      closed_share: 0.5,
      empty_share: 0.5,
      balanced_share: 0,
      // Docks are known in the first frame only; the last two say nothing about them.
      docks: 20,
      service_bikes: 0,
      service_docks: 20,
    });
  });

  it('are null when never known', async () => {
    const frame = { bikes: null };
    expect(await summarise([frame, frame, frame])).toMatchObject({
      in_service_share: 1,
      closed_share: null,
      full_share: null,
      service_bikes: null,
    });
  });
});

describe('attributes', () => {
  const version = (name: string, from: string): Version => ({ station: '16107', name, from: at(from) });

  it('are those of the version valid at the end of the span', async () => {
    const versions = [version('old', '07:00:00'), version('new', '08:03:30'), version('next', '08:04:01')];
    expect(await summarise([{}, {}, {}], versions)).toMatchObject({ name: 'new', lat: 48.85, presence: 1 });
  });

  it('are those of the first version when none is valid yet', async () => {
    const versions = [version('later', '10:00:00'), version('first', '09:00:00')];
    expect(await summarise([{}, {}, {}], versions)).toMatchObject({ name: 'first' });
  });

  it('are null for a station without information', async () => {
    expect(await summarise([{}, {}, {}])).toMatchObject({ name: null, area_id: null, bikes: 10 });
  });
});
