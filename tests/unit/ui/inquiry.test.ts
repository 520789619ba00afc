import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Analyses, AnalysisFilters, AnalysisWindow } from '../../../src/pipeline/protocol.ts';
import { Inquiry } from '../../../src/ui/history/inquiry.svelte.ts';
import type { Choice } from '../../../src/ui/choice.ts';
import type { Lakehouse } from '../../../src/ui/lakehouse.svelte.ts';
import { Route } from '../../../src/ui/route.svelte.ts';
import { fakeTab } from './fakeTab.ts';

const DAY = 86_400_000;
const last = Date.UTC(2026, 10, 23, 16, 24);

interface Asked {
  readonly window: AnalysisWindow;
  readonly filters: AnalysisFilters;
  readonly early: (answers: Analyses) => void;
  readonly reply: (answers: Analyses | 'empty' | null) => void;
}

/** An inquiry of a lake with 40 days, which answers when the test says so. */
function stage(hash = '#/history') {
  const tab = fakeTab(hash);
  const asked: Asked[] = [];
  const lakehouse = {
    status: { world: 'live', totals: { first: last - 40 * DAY, last } },
    choice: { kind: 'newest' } as Choice,
    choose: vi.fn((choice: Choice) => void (lakehouse.choice = choice)),
    analyses: (window: AnalysisWindow, filters: AnalysisFilters, early: Asked['early']) =>
      new Promise<Analyses | 'empty' | null>((reply) => asked.push({ window, filters, early, reply })),
  };
  const inquiry = new Inquiry(lakehouse as unknown as Lakehouse, new Route());
  inquiry.follow();
  return { tab, asked, lakehouse, inquiry };
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const answersOf = ({ window, filters }: Asked): Analyses => ({ window, filters }) as Analyses;

afterEach(() => vi.unstubAllGlobals());

describe('an inquiry', () => {
  it('looks a month back, or as far as the filters begin and something was recorded', () => {
    expect(stage().inquiry.window).toEqual({ from: last - 31 * DAY, to: last });
    const before = stage('#/history?from=2026-10-15T00:00Z');
    expect(before.inquiry.window).toEqual({ from: Date.UTC(2026, 9, 15), to: last });
    expect(stage('#/history?from=2020-01-01T00:00Z').inquiry.window?.from).toBe(last - 40 * DAY);
    expect(stage('#/history?area=7510101').inquiry.level).toBe('quartier');
    expect(stage('#/history?area=75101,93048').inquiry.level).toBe('district');
  });

  it('keeps by which areas and how far back it looks in the address', () => {
    const { inquiry } = stage('#/history?by=quartier&back=7');
    expect([inquiry.level, inquiry.reach, inquiry.window?.from]).toEqual(['quartier', 7, last - 7 * DAY]);
    inquiry.chooseLevel('district');
    inquiry.chooseReach(Infinity);
    expect([inquiry.level, inquiry.reach]).toEqual(['district', Infinity]);
    inquiry.chooseReach(31);
    expect(inquiry.reach).toBe(31);
    expect(stage('#/history?back=12&by=street').inquiry.reach).toBe(31);
  });

  it('stays where the dates have led while a stretch is brushed there, and goes back with them', () => {
    const { inquiry, lakehouse } = stage('#/history?from=2026-10-15T00:00Z&to=2026-10-20T00:00Z');
    const led = { from: Date.UTC(2026, 9, 15), to: Date.UTC(2026, 9, 20) };
    expect(inquiry.window).toEqual(led);
    const brush = (stretch: readonly [number, number] | null) => {
      inquiry.brush(stretch);
      inquiry.follow();
    };
    brush([Date.UTC(2026, 9, 16), Date.UTC(2026, 9, 17)]);
    expect(inquiry.chosen).toMatchObject({ from: Date.UTC(2026, 9, 16), to: Date.UTC(2026, 9, 17) });
    lakehouse.status.totals.last = last + 300_000;
    inquiry.follow();
    expect(inquiry.window).toEqual(led);
    brush(null);
    expect(inquiry.chosen).toMatchObject(led);
    inquiry.clear();
    inquiry.follow();
    expect(inquiry.window?.to).toBe(last + 300_000);
    brush([last - DAY, last]);
    brush(null);
    expect(inquiry.chosen, 'nothing has led anywhere').toMatchObject({ from: null, to: null });
  });

  it('goes where one date after the other leads', () => {
    const { inquiry } = stage();
    const [from, to] = [Date.UTC(2026, 9, 15), Date.UTC(2026, 9, 20)];
    inquiry.lead({ from });
    inquiry.follow();
    expect(inquiry.window).toEqual({ from, to: last });
    inquiry.lead({ to });
    inquiry.follow();
    expect(inquiry.window).toEqual({ from, to });
  });

  it('ends at the moment on show, and goes to a stretch by its end', async () => {
    const { inquiry, lakehouse } = stage('#/history?from=2026-11-20T00:00Z');
    lakehouse.choice = { kind: 'instant', at: last - 10 * DAY };
    inquiry.clear();
    inquiry.follow();
    expect(inquiry.window).toEqual({ from: last - 40 * DAY, to: last - 10 * DAY });
    await inquiry.goTo({ from: last - 30 * DAY, to: last - 20 * DAY });
    expect(lakehouse.choose).toHaveBeenLastCalledWith({ kind: 'instant', at: last - 20 * DAY });
    await inquiry.goTo({ from: last - DAY, to: last + 600_000 });
    expect(lakehouse.choose).toHaveBeenLastCalledWith({ kind: 'newest' });
  });

  it('asks one question at a time, and of those that wait the newest', async () => {
    const { asked, inquiry } = stage();
    inquiry.ask();
    inquiry.choose({ hours: [7] });
    inquiry.ask();
    inquiry.choose({ hours: [8] });
    inquiry.ask();
    expect(asked).toHaveLength(1);
    asked[0]!.reply(answersOf(asked[0]!));
    await settle();
    expect(asked.map(({ filters }) => filters.hours)).toEqual([null, [8]]);
    expect(inquiry.asking).toBe(true);
    asked[1]!.reply(answersOf(asked[1]!));
    await settle();
    expect(inquiry.asking).toBe(false);
    expect(inquiry.answers).toMatchObject({ filters: { hours: [8] } });
  });

  it('shows what areas tell before the rest, where nothing is shown yet', async () => {
    const { asked, inquiry } = stage();
    inquiry.ask();
    const [first] = asked;
    const areas = { ...answersOf(first!), dispatch: null };
    first!.early(areas);
    expect(inquiry.answers).toBe(areas);
    expect(inquiry.asking).toBe(true);
    const whole = { ...answersOf(first!), dispatch: [] };
    first!.reply(whole);
    await settle();
    expect(inquiry.answers).toEqual(whole);

    inquiry.ask();
    asked[1]!.early(areas);
    expect(inquiry.answers, 'what is whole stays until the next is').toEqual(whole);
  });

  it('goes on reading where a snapshot is there and its Silver is not', async () => {
    const { asked, inquiry } = stage();
    inquiry.ask();
    asked[0]!.reply('empty');
    await settle();
    expect(inquiry.answers).toBeNull();
  });

  it('says where nothing was recorded, until it looks elsewhere', async () => {
    const { asked, inquiry } = stage('#/history?to=2026-10-20T00:00Z');
    inquiry.ask();
    asked[0]!.reply('empty');
    await settle();
    expect(inquiry.answers).toBe('blank');
    inquiry.clear();
    inquiry.follow();
    expect(inquiry.answers).toBeNull();
  });

  it('drops the answer about another world, and about areas of another level', async () => {
    const { asked, inquiry } = stage();
    inquiry.ask();
    inquiry.forget();
    asked[0]!.reply(answersOf(asked[0]!));
    await settle();
    expect(inquiry.answers).toBeNull();

    inquiry.follow();
    inquiry.ask();
    inquiry.chooseLevel('quartier');
    asked[1]!.reply(answersOf(asked[1]!));
    await settle();
    expect(inquiry.answers).toBeNull();
  });

  it('says in the address what is chosen, and takes it back', () => {
    const { tab, inquiry } = stage();
    inquiry.choose({ hours: [22, 23, 0], dayTypes: ['sunday'] });
    inquiry.toggleArea('75101');
    inquiry.toggleArea('93048');
    inquiry.toggleArea('75101');
    expect(inquiry.chosen).toMatchObject({ hours: [22, 23, 0], areas: ['93048'], dayTypes: ['sunday'] });
    inquiry.clear();
    expect(inquiry.chosen).toEqual({ from: null, to: null, dayTypes: null, hours: null, areas: null });
    expect(tab.hash).toContain('history');
  });

  it('goes on with the lake after a while, and says when it is empty or silent', async () => {
    const { asked, lakehouse, inquiry } = stage();
    lakehouse.status.totals.last = last + 60_000;
    inquiry.follow();
    expect(inquiry.window?.to).toBe(last);
    lakehouse.status.totals.last = last + 300_000;
    inquiry.follow();
    expect(inquiry.window?.to).toBe(last + 300_000);

    inquiry.ask();
    asked[0]!.reply(null);
    await settle();
    expect(inquiry.answers).toBe('failed');

    const empty = stage();
    Object.assign(empty.lakehouse.status.totals, { first: null, last: null });
    empty.inquiry.follow();
    expect(empty.inquiry.answers).toBe('empty');
    expect(empty.inquiry.window).toBeNull();
    Object.assign(empty.lakehouse.status, { world: 'sample' });
    empty.inquiry.follow();
    expect(empty.inquiry.answers, 'the bundled day is on its way').toBeNull();
  });
});
