import { expect, test } from 'vitest';
import type { JournalEvent, SnapshotBrief } from '../../../src/lake/journal.ts';
import { Lake } from '../../../src/lake/lake.ts';
import { MemoryStorage } from '../../../src/lake/memory.ts';
import { apply } from '../../../src/lake/apply.ts';
import { accountedUntil, emptyState, sourceState } from '../../../src/lake/state.ts';
import { stage, type Incoming } from '../../../src/pipeline/stage.ts';
import { VelolacError } from '../../../src/errors.ts';

const source = 'velib';
const noon = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;

test('gaps that touch, for one reason, are one; for another they are two', () => {
  const state = emptyState();
  const gap = (from: number, to: number, reason: string) =>
    apply(state, {
      ...{ at: 0, term: 1, kind: 'gap', source, reason },
      ...{ from: noon + from * MINUTE, to: noon + to * MINUTE },
    } as JournalEvent);
  gap(0, 3, 'failed');
  gap(3, 5, 'failed');
  gap(5, 9, 'offline');
  gap(20, 22, 'offline');
  const { gaps } = sourceState(state, source);
  expect(gaps.map(([from, to, reason]) => [(from - noon) / MINUTE, (to - noon) / MINUTE, reason])).toEqual([
    [0, 5, 'failed'],
    [5, 9, 'offline'],
    [20, 22, 'offline'],
  ]);
  expect(accountedUntil(sourceState(state, source))).toBeNull();
});

test('what a backup brings as Silver alone ends gaps, too; a hole of hours between stays one', () => {
  const state = emptyState();
  const told = { at: noon, term: 1, kind: 'restore', source, files: [], snapshots: [] } as const;
  const hour = 60 * MINUTE;
  apply(state, { ...told, briefs: [], gaps: [[noon - 6 * hour, noon + 6 * hour, 'closed']] });
  const instants = [-2 * hour, -2 * hour + MINUTE, 2 * hour];
  const briefs = instants.map((at) => [noon + at, 'ok', 1500, 155_000, 9000] as SnapshotBrief);
  apply(state, { ...told, briefs, gaps: [] });
  const { gaps } = sourceState(state, source);
  expect(gaps.map(([from, to]) => [(from - noon) / MINUTE, (to - noon) / MINUTE])).toEqual([
    [-360, -120],
    [-119, 120],
    [120, 360],
  ]);
});

function incoming(fetched_at: number, more: Partial<Incoming> = {}): Incoming {
  return {
    ...{ source, origin: 'live', fetched_at, fetched_at_basis: 'clock', duration_ms: 1, http_status: 200 },
    ...{ body: null, error: null, records: [{ stationcode: '1', name: 'a' }] },
    ...more,
  };
}

test('no two attempts share an instant, though the clock shows it twice; the last recorded is known', async () => {
  const lake = await Lake.open(new MemoryStorage(), () => noon);
  const instants: number[] = [];
  const take = async (at: number, more: Partial<Incoming> = {}) => {
    const { snapshot } = await stage(lake, incoming(at, more));
    instants.push(snapshot.fetched_at - noon);
  };
  await take(noon);
  await take(noon);
  await take(noon + 1);
  const error = new VelolacError('portal.html', 'HTML');
  await take(noon + 5, { records: null, error });
  await take(noon + 5);
  await take(noon - MINUTE, { clock_skew_ms: 420_000 });
  await take(noon);
  expect(instants).toEqual([0, 1, 2, 5, 6, -MINUTE, 3]);
  const state = sourceState(lake.state, source);
  expect(state.recorded).toBe(noon + 3);
  expect(state.last?.fetched_at).toBe(noon + 3);

  const reread = await Lake.open(lake.storage, () => noon);
  expect(sourceState(reread.state, source)).toEqual(state);
});

test('how far the clock is off is noted with the attempt, and only where it is', async () => {
  const lake = await Lake.open(new MemoryStorage(), () => noon);
  const right = await stage(lake, incoming(noon, { clock_skew_ms: null }));
  expect(right.snapshot).not.toHaveProperty('clock_skew_ms');
  const wrong = await stage(lake, incoming(noon + 1, { clock_skew_ms: 420_000 }));
  expect(wrong.snapshot).toMatchObject({ clock_skew_ms: 420_000 });
});
