/** The city's time zone: every time on the page is the city's, whatever the device's. */
export const cityZone = 'Europe/Paris';

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: cityZone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** Wall time in the city as `YYYY-MM-DDTHH:MM:SS`, the form `<input type="datetime-local">` takes. */
export function toWallTime(epoch: number): string {
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    parts.formatToParts(epoch).map(({ type, value }) => [type, value]),
  );
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}

/** The city's calendar day of an instant, `YYYY-MM-DD`. */
export function toCityDay(epoch: number): string {
  return toWallTime(epoch).slice(0, 10);
}

/** An instant as files tell it: `2026-11-23T16:24:00.000Z`. */
export function toInstant(epoch: number): string {
  return new Date(epoch).toISOString();
}

/** Minutes that the city is ahead of UTC at an instant. */
function offset(epoch: number): number {
  const whole = Math.floor(epoch / 1000) * 1000;
  return (Date.parse(`${toWallTime(whole)}Z`) - whole) / 60_000;
}

/**
 * The instant of a wall time in the city; null for text that is not one. In the hour that a clock change
 * repeats, the first; in the hour it skips, as if the clock had not changed yet.
 */
export function fromWallTime(wall: string): number | null {
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return null;
  const before = offset(asUtc - 86_400_000) * 60_000;
  const first = asUtc - before;
  if (offset(first) * 60_000 === before) return first;
  const after = offset(asUtc + 86_400_000) * 60_000;
  const second = asUtc - after;
  return offset(second) * 60_000 === after ? second : first;
}
