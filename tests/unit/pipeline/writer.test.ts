import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Beat } from '../../../src/pipeline/tabs.ts';
import { Writer } from '../../../src/pipeline/writer.ts';
import { FakeBrowser } from './browser.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const beat = { term: 1, since: 0 } as Beat;

/** Tabs in the order in which they were opened, and what happened to them. */
async function openTabs(...names: string[]) {
  const browser = new FakeBrowser();
  const told: string[] = [];
  const tabs: Record<string, Writer> = {};
  for (const name of names) {
    const hooks = {
      beat: () => beat,
      onGranted: () => told.push(`${name} writes`),
      onLost: () => told.push(`${name} reads`),
      onMessage: () => undefined,
      onError: (error: Error) => told.push(`${name}: ${error.message}`),
    };
    const ports = { locks: browser.locks(name), channel: () => browser.channel(name) };
    tabs[name] = new Writer('lake', hooks, ports);
    await tabs[name].request(true);
  }
  return { browser, told, tabs };
}

test('the first tab writes, and the next in line when it is closed', async () => {
  const { browser, told, tabs } = await openTabs('a', 'b', 'c');
  await vi.advanceTimersByTimeAsync(60_000);
  expect([tabs['a']!.granted, tabs['b']!.granted, told]).toEqual([true, false, []]);
  tabs['a']!.close();
  await vi.advanceTimersByTimeAsync(0);
  expect([browser.holder, told]).toEqual(['b', ['b writes']]);
});

test('a writer that hangs is relieved once and within 5 s, by one of many', async () => {
  const readers = Array.from({ length: 7 }, (_, index) => `reader ${index}`);
  const { browser, told } = await openTabs('a', ...readers);
  await vi.advanceTimersByTimeAsync(10_500);
  browser.frozen.add('a');
  await vi.advanceTimersByTimeAsync(5000);
  expect(told).toEqual([`${browser.holder} writes`]);
  expect(readers).toContain(browser.holder);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(told).toHaveLength(1);
});

test('a writer that was frozen proves nothing, and reads from then on', async () => {
  const { browser, told, tabs } = await openTabs('a', 'b');
  await vi.advanceTimersByTimeAsync(2000);
  await tabs['a']!.prove();
  browser.frozen.add('a');
  await vi.advanceTimersByTimeAsync(5000);
  browser.frozen.delete('a');
  await expect(tabs['a']!.prove()).rejects.toMatchObject({ code: 'lake.not_writer' });
  expect(told).toEqual(['b writes', 'a reads']);
  await tabs['b']!.prove();
  tabs['b']!.close();
  await vi.advanceTimersByTimeAsync(0);
  expect([browser.holder, told.at(-1)]).toEqual(['a', 'a writes']);
  await tabs['a']!.prove();
});

test('on a slow machine, where timers and messages are late alike, nobody is taken for hung who is not', async () => {
  const { setTimeout, setInterval } = globalThis;
  vi.stubGlobal('setTimeout', (work: () => void, ms = 0) => setTimeout(work, ms * 4));
  vi.stubGlobal('setInterval', (work: () => void, ms = 0) => setInterval(work, ms * 4));
  const { browser, told } = await openTabs('a', 'b', 'c');
  browser.lag = 300;
  await vi.advanceTimersByTimeAsync(600_000);
  expect([browser.holder, told]).toEqual(['a', []]);
  browser.frozen.add('a');
  await vi.advanceTimersByTimeAsync(4 * 5000);
  expect(told).toEqual([`${browser.holder} writes`]);
});

test('where tabs share no files, or the browser has no locks, each writes', async () => {
  const browser = new FakeBrowser();
  const hooks = {
    beat: () => beat,
    ...{ onGranted: () => undefined, onLost: () => undefined, onMessage: () => undefined },
    onError: () => undefined,
  };
  const channel = () => browser.channel('a');
  for (const locks of [undefined, browser.locks('a')]) {
    const writer = new Writer('lake', hooks, { locks, channel });
    expect(await writer.request(false)).toBe(true);
    await writer.prove();
    expect(browser.holder).toBeNull();
  }
});
