import type {
  Attempt,
  Calendar,
  Gap,
  GapReason,
  HourRecord,
  ReportAge,
  Space,
  StationChanges,
} from '../../src/pipeline/protocol.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** How long the page of the preview has been recording. */
const since = 75 * day;

/** Numbers that look like chance and are the same at each visit. */
function chance(seed: number): number {
  const x = Math.sin(seed * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
}

/** Nights in which the laptop slept, an outage, an afternoon without network, and what else keeps a recorder from it. */
export function gapsOf(now: number): Gap[] {
  const today = Math.floor(now / day) * day;
  const gaps: Gap[] = [];
  const add = (daysAgo: number, from: number, hours: number, reason: GapReason): void => {
    const start = today - daysAgo * day + from * hour;
    if (start + hours * hour < now) gaps.push([start, start + hours * hour, reason]);
  };
  for (let ago = 74; ago > 0; ago -= 1) {
    if (chance(ago) < 0.32) add(ago, 22.2 + chance(ago + 0.1), 5 + 4 * chance(ago + 0.2), 'asleep');
    if (ago === 3) add(ago, 8.4, 1.3, 'failed');
    if (ago === 6) add(ago, 13.1, 4.6, 'offline');
    if (ago === 9) add(ago, 9, 2.2, 'space');
    if (ago === 12) add(ago, 6, 31, 'closed');
    if (ago === 16) add(ago, 17.5, 4.5, 'quota');
    if (ago === 21) add(ago, 11.2, 0.4, 'busy');
    if (ago === 24) add(ago, 15, 3, 'stopped');
  }
  return gaps.sort(([a], [b]) => a - b);
}

export function calendarOf(from: number, to: number, now: number): Calendar {
  const gaps = gapsOf(now);
  const first = now - since;
  const hours: HourRecord[] = [];
  for (let at = Math.floor(Math.max(from, first) / hour) * hour; at <= to; at += hour) {
    const end = Math.min(at + hour, now);
    const lost = gaps.reduce(
      (sum, gap) => sum + Math.max(0, Math.min(gap[1], end) - Math.max(gap[0], at)),
      0,
    );
    const wanted = Math.max(1, Math.round((end - at) / minute));
    const missed = chance(at / hour) < 0.08 ? Math.round(4 * chance(at)) : 0;
    hours.push({ at, wanted, snapshots: Math.max(0, Math.round(wanted - lost / minute) - missed) });
  }
  return { first, since: first, hours, gaps: gaps.filter((gap) => gap[1] > from && gap[0] < to) };
}

/** The portal's own data stood still for a while this night. */
function standsStill(at: number, now: number): boolean {
  return Math.abs(now - at - 5 * hour) < 0.8 * hour;
}

export function attemptsOf(from: number, to: number, now: number): Attempt[] {
  const gaps = gapsOf(now);
  const attempts: Attempt[] = [];
  const start = Math.max(from, now - since);
  for (let at = Math.ceil(start / minute) * minute; at <= Math.min(to, now); at += minute) {
    const gap = gaps.find((one) => at >= one[0] && at < one[1]);
    if (gap && (gap[2] !== 'failed' || at % (5 * minute) !== 0)) continue;
    const r = chance(at / minute);
    const failed = gap !== undefined || r < 0.004;
    const slow = chance(at / minute + 0.5) < 0.02 ? 2400 : 0;
    attempts.push({
      fetched_at: at + 900,
      outcome: failed ? 'failed' : 'ok',
      http_status: failed ? (r < 0.002 ? null : 503) : 200,
      duration_ms: Math.round(310 + 160 * chance(at / minute + 0.3) + slow + 90 * Math.sin(at / (5 * hour))),
      bytes: failed ? 0 : 154_600 + Math.round(900 * Math.sin(at / (4 * hour)) + 300 * r),
      stations: failed ? 0 : 1507,
      error_code: failed ? (r < 0.002 ? 'portal.unreachable' : 'portal.server') : null,
      content_hash: failed ? null : String(standsStill(at, now) ? 'same' : at),
    });
  }
  return attempts;
}

export function agesOf(from: number, to: number, now: number): ReportAge[] {
  return attemptsOf(from, to, now)
    .filter(({ outcome }) => outcome === 'ok')
    .map(({ fetched_at }) => ({
      fetched_at,
      median_s: 95 + 60 * Math.sin(fetched_at / (3 * hour)) ** 2 + ((fetched_at / minute) % 7) * 6,
      max_s: 412 * 86_400,
    }));
}

export function changesOf(now: number): StationChanges {
  return {
    from: now - day,
    to: now,
    changes: [
      ...[
        { station_code: '18213', name: 'Porte de la Chapelle - Condorcet', since: now - 7 * hour },
        { station_code: '93514', name: null, since: now - 3 * hour },
      ].map((one) => ({ ...one, change: 'appeared' as const })),
      { station_code: '7024', name: 'Solférino - Bellechasse', change: 'vanished', since: now - 5 * hour },
    ],
  };
}

export function spaceOf(scene: string): Space {
  const empty = scene === 'empty' || scene === 'loading';
  return {
    layers: empty
      ? { bronze: 0, silver: 0, gold: 0, journal: 0 }
      : { bronze: 1_612_000_000, silver: 284_000_000, gold: 61_000_000, journal: 141_000_000 },
    usage: scene === 'memory' ? null : empty ? 21_000_000 : 2_130_000_000,
    quota: scene === 'memory' ? null : 11_700_000_000,
    persisted: scene === 'memory' ? null : scene === 'well',
    forecast: empty
      ? null
      : {
          ...{ bytes_per_hour: 1_290_000, bronze_per_hour: 905_000, hours_per_day: 19.4, whole: 1.05 },
          retention: scene === 'well' ? { days: 30, held: 525_000_000 } : null,
        },
    without_bronze: scene === 'well' ? ['2026-09-10', '2026-09-11', '2026-09-12'] : [],
    unverified: [],
    backup: empty ? null : { files: 418, bytes: 2_098_400_000 },
  };
}
