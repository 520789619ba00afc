import { describe, expect, test } from 'vitest';
import { VelolacError } from '../../../src/errors.ts';
import type { Answers, Selection } from '../../../src/gold/answers.ts';
import type { Health, LakeStatus, PipelineEvent, Recorder } from '../../../src/pipeline/protocol.ts';
import { Lakehouse } from '../../../src/ui/lakehouse.svelte.ts';

const open = {
  ...{ portal: null, base: 'http://localhost/', recording: true, world: null, clock: null },
  pace: { interval: 1 as const, ignoreMetered: false },
  automatic: false,
  retention: null,
};
const answersTo = (selection: Selection, to: number): Answers => ({ selection, to }) as unknown as Answers;

interface Asked {
  readonly selection: Selection;
  readonly reply: (answers: Answers) => void;
  readonly refuse: (error: unknown) => void;
}

/** A recorder that answers when the test says so. */
function stage(): { lakehouse: Lakehouse; tell: (event: PipelineEvent) => void; asked: Asked[] } {
  const asked: Asked[] = [];
  let listener: (event: PipelineEvent) => void = () => undefined;
  const recorder = {
    open: (_: unknown, listen: (event: PipelineEvent) => void) => {
      listener = listen;
      return Promise.resolve();
    },
    answer: (selection: Selection) =>
      new Promise<Answers>((reply, refuse) => asked.push({ selection, reply, refuse })),
    record: () => Promise.reject(new VelolacError('portal.busy', 'busy')),
  } as unknown as Recorder;
  const lakehouse = new Lakehouse(recorder);
  void lakehouse.open(open);
  return { lakehouse, tell: (event) => listener(event), asked };
}

describe('lakehouse', () => {
  test('shows the newest answers as they come, unless another moment was chosen', async () => {
    const { lakehouse, tell, asked } = stage();
    tell({ kind: 'answers', answers: answersTo({ kind: 'newest' }, 1) });
    expect(lakehouse.answers?.to).toBe(1);

    const chosen = lakehouse.choose({ kind: 'instant', at: 0 });
    asked[0]?.reply(answersTo({ kind: 'instant', at: 0 }, 0));
    await chosen;
    tell({ kind: 'answers', answers: answersTo({ kind: 'newest' }, 2) });
    expect(lakehouse.answers?.to).toBe(0);

    await lakehouse.choose({ kind: 'newest' });
    expect(lakehouse.answers?.to).toBe(2);
  });

  test('asks about the moment of a link once there is a snapshot to answer from, and as the record comes nearer', () => {
    const { lakehouse, tell, asked } = stage();
    const hear = (newest: number | null) => {
      // Bronze, whose Silver is still to come.
      const totals = { snapshots: 1, first: 1, last: 9 };
      const status = { totals, newest: newest && { fetched_at: newest }, failure: null };
      tell({ kind: 'status', status: status as unknown as LakeStatus });
    };
    lakehouse.choice = { kind: 'instant', at: 5 };
    hear(null);
    void lakehouse.choose({ kind: 'instant', at: 5 });
    expect(asked).toHaveLength(0);
    expect(lakehouse.asking).toBe(false);
    for (const newest of [3, 3, 6, 9]) hear(newest);
    expect(asked.map(({ selection }) => selection)).toEqual(Array(2).fill({ kind: 'instant', at: 5 }));
  });

  test('drops an answer that comes after a newer question', async () => {
    const { lakehouse, asked } = stage();
    const first = lakehouse.choose({ kind: 'instant', at: 1 });
    const second = lakehouse.choose({ kind: 'instant', at: 2 });
    asked[1]?.reply(answersTo({ kind: 'instant', at: 2 }, 2));
    asked[0]?.reply(answersTo({ kind: 'instant', at: 1 }, 1));
    await Promise.all([first, second]);
    expect(lakehouse.answers?.to).toBe(2);
    expect(lakehouse.asking).toBe(false);
  });

  test('keeps what it showed when a question fails, and says why', async () => {
    const { lakehouse, tell, asked } = stage();
    tell({ kind: 'answers', answers: answersTo({ kind: 'newest' }, 1) });
    const chosen = lakehouse.choose({ kind: 'instant', at: 5 });
    asked[0]?.refuse(new VelolacError('engine.timeout', 'slow'));
    await chosen;
    expect(lakehouse.answers?.to).toBe(1);
    expect(lakehouse.problem?.code).toBe('engine.timeout');
  });

  test('an engine that answers has started: only that it had not is over', async () => {
    const { lakehouse, tell, asked } = stage();
    const fails = (code: 'engine.start' | 'engine.memory') => {
      tell({ kind: 'error', error: new VelolacError(code, 'at first').toRecord() });
    };
    const gold = { stage: 'gold', ms: 1, rows: 3, bytes: null, error: null } as const;
    fails('engine.start');
    // Answers as they were kept need no engine.
    tell({ kind: 'answers', answers: answersTo({ kind: 'newest' }, 1) });
    tell({ kind: 'stage', report: { ...gold, status: 'running' } });
    expect(lakehouse.problem?.code).toBe('engine.start');
    tell({ kind: 'stage', report: { ...gold, status: 'done' } });
    expect(lakehouse.problem).toBeNull();

    for (const code of ['engine.start', 'engine.memory'] as const) {
      fails(code);
      const chosen = lakehouse.choose({ kind: 'instant', at: 0 });
      asked.at(-1)?.reply(answersTo({ kind: 'instant', at: 0 }, 0));
      await chosen;
      expect(lakehouse.problem?.code ?? null).toBe(code === 'engine.start' ? null : code);
    }
  });

  test('a moment beyond the record is asked about again once a snapshot can answer, not when it is on its way', () => {
    const { lakehouse, tell, asked } = stage();
    const hear = (last: number, fetched_at: number) => {
      const status = {
        world: 'live',
        totals: { snapshots: last, last },
        newest: { fetched_at },
        failure: null,
      };
      tell({ kind: 'status', status: status as unknown as LakeStatus });
    };
    hear(1, 1);
    void lakehouse.choose({ kind: 'instant', at: 5 });
    hear(2, 1);
    expect(asked).toHaveLength(1);
    hear(2, 2);
    expect(asked).toHaveLength(2);
  });

  test('a snapshot that comes in has found room, whatever had found none', () => {
    const { lakehouse, tell } = stage();
    const hear = (fetched_at: number, code: 'lake.quota' | null) => {
      const failure = code && { at: 0, error: new VelolacError(code, 'full').toRecord() };
      const status = { world: 'live', totals: { snapshots: 1 }, newest: { fetched_at }, failure };
      tell({ kind: 'status', status: status as unknown as LakeStatus });
    };
    hear(1, null);
    expect(lakehouse.wantsRoom).toBe(false);
    tell({ kind: 'error', error: new VelolacError('lake.short_write', 'full').toRecord() });
    hear(1, 'lake.quota');
    hear(1, null);
    expect(lakehouse.problem?.code).toBe('lake.short_write');
    expect(lakehouse.wantsRoom).toBe(true);
    hear(2, null);
    expect(lakehouse.problem).toBeNull();
    expect(lakehouse.wantsRoom).toBe(false);
    hear(2, 'lake.quota');
    expect(lakehouse.wantsRoom).toBe(true);
  });

  test('asks for health one at a time, and once more when it changed meanwhile', async () => {
    const replies: ((health: Health) => void)[] = [];
    const health = (): Promise<Health> => new Promise((reply) => replies.push(reply));
    const lakehouse = new Lakehouse({ health } as unknown as Recorder);
    const asked = [lakehouse.askHealth(), lakehouse.askHealth(), lakehouse.askHealth()];
    expect(replies).toHaveLength(1);
    replies[0]?.({ automatic_from: 1 } as Health);
    await expect.poll(() => replies.length).toBe(2);
    replies[1]?.({ automatic_from: 2 } as Health);
    await Promise.all(asked);
    expect(lakehouse.health?.automatic_from).toBe(2);
    expect(replies).toHaveLength(2);
  });

  test('work that ends is a change of the lake; work that is stopped is no failure', async () => {
    const stopped = new VelolacError('engine.aborted', 'stopped');
    const lakehouse = new Lakehouse({ rebuild: () => Promise.reject(stopped) } as unknown as Recorder);
    const before = lakehouse.revision;
    expect(await lakehouse.rebuild(null)).toBe('stopped');
    expect([lakehouse.problem, lakehouse.work]).toEqual([null, null]);
    expect(lakehouse.revision).toBeGreaterThan(before);

    const { lakehouse: other, tell } = stage();
    tell({ kind: 'work', work: { task: 'rebuild', subject: '2026-11-22', share: 0.5 } });
    const during = other.revision;
    tell({ kind: 'work', work: null });
    expect(other.revision).toBe(during + 1);
  });

  test('a recording that fails is no success', async () => {
    const { lakehouse } = stage();
    expect(await lakehouse.record()).toBe(false);
    expect(lakehouse.problem?.code).toBe('portal.busy');
    expect(lakehouse.recording).toBe(false);
  });
});
