import { vi } from 'vitest';

export type FakeTab = ReturnType<typeof fakeTab>;

/** A tab's address, its history and its events, in place of the globals. Undone by `vi.unstubAllGlobals()`. */
export function fakeTab(hash = '', page = 'https://velolac.test/') {
  const events = new EventTarget();
  const entries: { href: string; state: unknown }[] = [{ href: `${page}${hash}`, state: null }];
  let index = 0;
  const here = (): URL => new URL(entries[index]!.href);
  vi.stubGlobal('addEventListener', events.addEventListener.bind(events));
  vi.stubGlobal('removeEventListener', events.removeEventListener.bind(events));
  vi.stubGlobal('location', {
    get href() {
      return here().href;
    },
    get hash() {
      return here().hash;
    },
    get search() {
      return here().search;
    },
    get pathname() {
      return here().pathname;
    },
  });
  vi.stubGlobal('history', {
    get state() {
      return entries[index]!.state;
    },
    replaceState: (state: unknown, _: string, address = here().href) => {
      entries[index] = { href: new URL(address, here()).href, state };
    },
  });
  const move = (to: number): void => {
    index = to;
    events.dispatchEvent(new Event('hashchange'));
  };
  return {
    get hash() {
      return here().hash;
    },
    /** Follows a link of the page: presses it, and is where it leads. */
    go(to: string): void {
      events.dispatchEvent(new Event('click'));
      entries.splice(index + 1, Infinity, { href: new URL(to, here()).href, state: null });
      move(index + 1);
    },
    back: () => move(index - 1),
    /** What a tab hears before it is closed or reloaded. */
    leave: () => void events.dispatchEvent(new Event('pagehide')),
  };
}
