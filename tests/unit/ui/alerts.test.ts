import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Answers, StationRow } from '../../../src/gold/answers.ts';
import { leftOf, readAlerts, turn, type Alert, type Due } from '../../../src/ui/alerts/alert.ts';
import { Alerts } from '../../../src/ui/alerts/alerts.svelte.ts';
import { Settings } from '../../../src/ui/settings.svelte.ts';

const station = (figures: Partial<StationRow>): StationRow => ({
  ...{ station_code: '16107', name: 'Godard', lat: null, lon: null, area_name: null, capacity: 30 },
  ...{ mechanical: 5, ebikes: 2, docks: 20, state: 'balanced', stale: false, last_reported: null },
  ...figures,
});
const few: Alert = { code: '16107', ware: 'ebikes', below: 2 };

afterEach(() => vi.unstubAllGlobals());

describe('an alert', () => {
  test('is due when it becomes true, once, and again after it was not', () => {
    const told: number[][] = [];
    let standing: ReadonlyMap<string, boolean> = new Map();
    for (const ebikes of [2, 1, 1, 0, 5, 1, 1]) {
      const turned = turn([few], [station({ ebikes })], standing);
      standing = turned.standing;
      told.push(turned.due.map(({ left }) => left));
    }
    expect(told).toEqual([[], [1], [], [], [], [1], []]);
  });

  test('that is true from the first is not due, nor one whose station is closed, gone or silent about it', () => {
    const { due, standing } = turn([few], [station({ ebikes: 0 })], new Map());
    expect(due).toEqual([]);
    for (const rows of [[], [station({ ebikes: null })], [station({ ebikes: 9, state: 'closed' })]])
      expect(turn([few], rows, standing)).toEqual({ due: [], standing });
    const open = turn([few], [station({ ebikes: 3 })], standing).standing;
    const closed = turn([few], [station({ ebikes: 0, state: 'closed' })], open);
    expect(closed.due).toEqual([]);
    expect(turn([few], [station({ ebikes: 0 })], closed.standing).due).toHaveLength(1);
  });

  test('counts bikes of both kinds together, and not one without the other', () => {
    expect(leftOf('bikes', station({}))).toBe(7);
    expect(leftOf('bikes', station({ ebikes: null }))).toBeNull();
    expect([leftOf('mechanical', station({})), leftOf('docks', station({}))]).toEqual([5, 20]);
  });

  test('is read from what was kept, as far as it is one', () => {
    expect(readAlerts([few, { ...few, ware: 'beer' }, { ...few, below: -1 }, null, 'x'])).toEqual([few]);
    expect(readAlerts('x')).toEqual([]);
  });
});

describe('alerts', () => {
  let asked = 0;
  let answer: NotificationPermission;
  beforeEach(() => {
    asked = 0;
    answer = 'granted';
    vi.stubGlobal('Notification', {
      permission: 'default',
      requestPermission: () => {
        asked += 1;
        return Promise.resolve(answer);
      },
    });
  });

  function watched() {
    const told: Due[] = [];
    const alerts = new Alerts(new Settings(), (due) => {
      told.push(due);
      return Promise.resolve();
    });
    let at = 0;
    const hear = (...rows: StationRow[]): void => {
      at += 60_000;
      alerts.hear({ to: at, stations: rows } as unknown as Answers);
    };
    return { alerts, told, hear };
  }

  test('ask when the first is set, and tell from then on', async () => {
    const { alerts, told, hear } = watched();
    hear(station({ ebikes: 4 }));
    await alerts.set(few);
    hear(station({ ebikes: 1 }));
    hear(station({ ebikes: 1 }));
    await alerts.set({ ...few, ware: 'docks' });
    expect([asked, alerts.permission, told.map(({ left }) => left)]).toEqual([1, 'granted', [1]]);
  });

  test('stand in the page alone where that is refused, and nowhere after they are removed', async () => {
    answer = 'denied';
    const { alerts, told, hear } = watched();
    hear(station({ ebikes: 4 }));
    await alerts.set(few);
    hear(station({ ebikes: 1 }));
    expect([alerts.permission, told]).toEqual(['denied', []]);
    expect(alerts.fired).toMatchObject([{ alert: few, left: 1, at: 120_000 }]);
    alerts.close(few);
    expect(alerts.fired).toEqual([]);
    alerts.permission = 'granted';
    hear(station({ ebikes: 4 }));
    alerts.remove(few);
    hear(station({ ebikes: 1 }));
    expect([alerts.all, told, alerts.fired]).toEqual([[], [], []]);
  });

  test('say at once what is so already, and tell it the next time', async () => {
    const { alerts, told, hear } = watched();
    hear(station({ ebikes: 0 }));
    expect(alerts.lacking(few)).toBe(0);
    await alerts.set(few);
    expect(told).toEqual([]);
    hear(station({ ebikes: 3 }));
    expect(alerts.lacking(few)).toBeNull();
    hear(station({ ebikes: 1 }));
    expect([told.length, alerts.lacking(few)]).toEqual([1, 1]);
  });

  test('hear of a permission that is given elsewhere, until nobody follows', async () => {
    const status = new EventTarget();
    vi.stubGlobal('navigator', { permissions: { query: () => Promise.resolve(status) } });
    const { alerts } = watched();
    const stop = alerts.follow();
    await Promise.resolve();
    const turn = (permission: NotificationPermission): void => {
      vi.stubGlobal('Notification', { permission });
      status.dispatchEvent(new Event('change'));
    };
    turn('granted');
    expect(alerts.permission).toBe('granted');
    stop();
    turn('denied');
    expect(alerts.permission).toBe('granted');
  });

  test('a new limit takes the place of the old one, and begins with what is', async () => {
    const { alerts, told, hear } = watched();
    hear(station({ ebikes: 4 }));
    await alerts.set(few);
    await alerts.set({ ...few, below: 5 });
    hear(station({ ebikes: 4 }));
    expect([alerts.all, told]).toEqual([[{ ...few, below: 5 }], []]);
  });
});
