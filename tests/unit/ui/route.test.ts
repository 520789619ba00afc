import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { I18n } from '../../../src/ui/i18n.svelte.ts';
import { parseParams } from '../../../src/ui/params.ts';
import { Route } from '../../../src/ui/route.svelte.ts';
import { Settings } from '../../../src/ui/settings.svelte.ts';
import { fakeTab } from './fakeTab.ts';

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function open(hash: string, page?: string) {
  const tab = fakeTab(hash, page);
  const route = new Route();
  return { tab, route, close: route.start() };
}

describe('parameters', () => {
  test('stand after the place, which does not change with them', () => {
    const { route } = open('#/station/16107?at=2026-11-23T16:24:00Z&lang=fr');
    expect(route.place.station).toBe('16107');
    expect(route.params).toEqual({ at: '2026-11-23T16:24:00Z', lang: 'fr' });
  });

  test('are read as they were written, whatever they hold', () => {
    const { tab, route } = open('#/stations');
    const q = "l'île & co ? #1 = 100 % + é, a:b";
    route.set({ q });
    expect(tab.hash).toMatch(/^#\/stations\?q=/);
    expect(parseParams(tab.hash)).toEqual({ q });
  });

  test.each(['', '#/', '#/lake?', '#/lake?q=', '#/lake?&&'])('there are none in “%s”', (hash) => {
    expect(parseParams(hash)).toEqual({});
  });

  test('are set one by one; the others, and those that are not known, stay', () => {
    const { tab, route } = open('#/?later=1&q=a');
    route.set({ at: '2026-11-23T16:24:00Z', q: null });
    expect(tab.hash).toBe('#/?later=1&at=2026-11-23T16:24:00Z');
  });

  test('an address without any is left as it was typed', () => {
    const { tab, close } = open('');
    close();
    expect(tab.hash).toBe('');
  });
});

describe('the way through the page', () => {
  test('keeps what is looked at, where the link does not say otherwise', () => {
    const { tab, route } = open('#/stations?q=a');
    tab.go('#/station/16107');
    expect(route.params).toEqual({ q: 'a' });
    expect(tab.hash).toBe('#/station/16107?q=a');
    tab.go('#/?at=2026-11-23T16:24:00Z');
    expect(route.params).toEqual({ at: '2026-11-23T16:24:00Z' });
  });

  test('back leads to what was looked at there, in the language of now', () => {
    const { tab, route } = open('#/stations?q=a&lang=fr');
    tab.go('#/health');
    route.set({ q: 'b', lang: null });
    tab.back();
    expect(route.place.column).toBe('stations');
    expect(route.params).toEqual({ q: 'a' });
  });

  test('a change of parameters alone is no other place', () => {
    const { tab, route } = open('#/stations');
    tab.go('#/station/16107');
    const { place, before } = route;
    tab.go('#/station/16107?q=a');
    expect(route.params).toEqual({ q: 'a' });
    expect([route.place, route.before]).toEqual([place, before]);
    expect([before?.column, before?.station]).toEqual(['stations', null]);
  });
});

describe('the address is written', () => {
  test('a few times a second at most, the last state in the end', () => {
    const { tab, route } = open('#/');
    const replace = vi.spyOn(history, 'replaceState');
    for (let step = 1; step <= 100; step += 1) {
      route.set({ at: String(step) });
      vi.advanceTimersByTime(20);
    }
    vi.advanceTimersByTime(1000);
    expect(replace.mock.calls.length).toBeLessThan(8);
    expect(tab.hash).toBe('#/?at=100');
  });

  test('before a link is followed, so that the entry which is left is whole', () => {
    const { tab, route } = open('#/stations');
    route.set({ q: 'a' });
    route.set({ q: 'ab' });
    tab.go('#/?sort=fill');
    tab.back();
    expect(route.params).toEqual({ q: 'ab' });
  });
});

test('a link tells the whole of it, and the language only once', () => {
  const { route } = open('#/station/16107?at=1', 'https://velolac.test/lake/?portal=https://a.b&lang=en');
  expect(route.link({ lang: 'fr', theme: 'dark' })).toBe(
    'https://velolac.test/lake/?portal=https%3A%2F%2Fa.b#/station/16107?at=1&lang=fr&theme=dark',
  );
});

describe('the language', () => {
  const page = (hash: string, kept: object, asked: string | null = null) => {
    const { route } = open(hash);
    const storage = new Map([['velolac.settings', JSON.stringify(kept)]]);
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => storage.set(key, value),
    });
    return { route, storage, i18n: new I18n(new Settings(), route, asked, ['de-CH', 'fr-CH']) };
  };

  test.each([
    ['the address', '#/?lang=en', { lang: 'fr' }, 'fr', 'en'],
    ['the older form of it', '#/', { lang: 'fr' }, 'en', 'en'],
    ['what was kept', '#/', { lang: 'en' }, null, 'en'],
    ['the browser', '#/?lang=tlh', {}, 'x', 'fr'],
  ])('is said by %s before anything less', (_, hash, kept, asked, lang) => {
    expect(page(hash, kept, asked).i18n.lang).toBe(lang);
  });

  test('of an address is not kept, until the visitor chooses', () => {
    const { route, storage, i18n } = page('#/?lang=en', { lang: 'fr' }, 'en');
    expect(storage.get('velolac.settings')).toBe('{"lang":"fr"}');
    i18n.choose('en');
    i18n.choose('fr');
    expect([i18n.lang, i18n.m.skip, route.params.lang]).toEqual(['fr', 'Aller au contenu', undefined]);
  });
});
