/** How a day is expected to go: alike days are compared with each other. */
export const dayTypes = ['working', 'saturday', 'sunday'] as const;
export type DayType = (typeof dayTypes)[number];

/** An hour of the city's calendar. */
export interface CityHour {
  /** YYYY-MM-DD */
  readonly day: string;
  /** 0–23; an hour that the clocks repeat comes twice, one that they skip not at all. */
  readonly hour: number;
}

const DAY = 86_400_000;

const wallClock = new Intl.DateTimeFormat('en-CA', {
  ...{ timeZone: 'Europe/Paris', hourCycle: 'h23' },
  ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' },
});

/** The hour of Paris time that an instant lies in (milliseconds since the epoch). */
export function cityHour(at: number): CityHour {
  const parts = Object.fromEntries(wallClock.formatToParts(at).map(({ type, value }) => [type, value]));
  return { day: `${parts['year']}-${parts['month']}-${parts['day']}`, hour: Number(parts['hour']) };
}

/** 1 (Monday) to 7. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** French public holidays count as Sundays. */
export function dayTypeOf(day: string): DayType {
  const weekday = weekdayOf(day);
  if (weekday === 7 || isHoliday(day)) return 'sunday';
  return weekday === 6 ? 'saturday' : 'working';
}

/** Month and day of the holidays that have a date, and days from Easter Sunday to the others (Code du travail, L. 3133-1). */
const dated = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
const movable = [1, 39, 50];

/** Whether a day is a public holiday in metropolitan France, without those of Alsace and Moselle. */
export function isHoliday(day: string): boolean {
  if (dated.includes(day.slice(5))) return true;
  return movable.includes((Date.parse(day) - easter(Number(day.slice(0, 4)))) / DAY);
}

/** Easter Sunday of a Gregorian year at 00:00 UTC, by the algorithm of Meeus, Jones and Butcher. */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1);
}
