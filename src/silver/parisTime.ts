const hour = 3_600_000;

/** Vélib’ began in 2007; what is naive and outside these years is no time. */
const years = { first: 2005, last: 2050 } as const;

/** A stretch of local time that tells an instant: neither repeated in October nor skipped in March. */
export interface LocalSpan {
  /** Local times as if they were UTC, in milliseconds: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds that Paris is ahead of UTC. */
  readonly offset: number;
}

const wallClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Paris',
  ...{
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  },
  hourCycle: 'h23',
});

function offsetAt(utc: number): number {
  const parts = wallClock.formatToParts(utc);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - utc;
}

/** Changes are looked for from month to month, then to the hour: none of them is undone within a month. */
function changesOfOffset(): { readonly at: number; readonly offset: number }[] {
  const changes = [{ at: Date.UTC(years.first), offset: offsetAt(Date.UTC(years.first)) }];
  for (let month = 1; month <= (years.last - years.first + 1) * 12; month += 1) {
    let [before, after] = [Date.UTC(years.first, month - 1), Date.UTC(years.first, month)];
    const offset = offsetAt(after);
    if (offset === changes.at(-1)!.offset) continue;
    while (after - before > hour) {
      const middle = before + Math.floor((after - before) / 2 / hour) * hour;
      if (offsetAt(middle) === offset) after = middle;
      else before = middle;
    }
    changes.push({ at: after, offset });
  }
  return changes;
}

function spans(): LocalSpan[] {
  const changes = changesOfOffset();
  return changes.map(({ at, offset }, index) => {
    const next = changes[index + 1];
    return {
      from: at + Math.max(offset, changes[index - 1]?.offset ?? offset),
      to: next ? next.at + Math.min(offset, next.offset) : Date.UTC(years.last + 1) + offset,
      offset,
    };
  });
}

let known: readonly LocalSpan[] | null = null;

/** The spans of Paris local time from 2005 to 2050, in order, from the platform's time zone data (IANA). */
export function parisSpans(): readonly LocalSpan[] {
  return (known ??= spans());
}

/**
 * The instant of a Paris local time, both in milliseconds since the epoch (the local one as if it were UTC). Null
 * for the hour that is repeated in October, the one that is skipped in March, and outside 2005–2050.
 */
export function parisToUtc(local: number): number | null {
  const span = parisSpans().find(({ from, to }) => local >= from && local < to);
  return span ? local - span.offset : null;
}
