import { afterEach, expect, test, vi } from 'vitest';
import { Settings } from '../../../src/ui/settings.svelte.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A tab's own events, and the storage that all tabs share. */
function openTab(kept: Map<string, string>, others: () => readonly EventTarget[]) {
  const events = new EventTarget();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, newValue: string) => {
      kept.set(key, newValue);
      for (const other of others()) {
        if (other !== events) other.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }));
      }
    },
  });
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
  const settings = new Settings();
  return { events, settings, close: settings.start() };
}

test('the interval and the retention that one tab chooses are those of the others at once', () => {
  const tabs: { readonly events: EventTarget; readonly settings: Settings }[] = [];
  const kept = new Map<string, string>();
  const events = () => tabs.map((tab) => tab.events);
  const a = openTab(kept, events);
  const b = openTab(kept, events);
  tabs.push(a, b);
  a.settings.interval = 5;
  a.settings.retention = 30;
  expect([b.settings.pace, b.settings.retention]).toEqual([{ interval: 5, ignoreMetered: false }, 30]);
  b.settings.retention = null;
  expect([a.settings.interval, a.settings.retention]).toEqual([5, null]);
  b.close();
  a.settings.interval = 10;
  expect(b.settings.interval).toBe(5);
});
