import { cityZone } from './time.ts';

export type Lang = 'en' | 'fr';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365.25 * day;
/** What is longer is told in years. */
const longest = 2 * year;
const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

interface Figures {
  format(value: number): string;
}

/**
 * A formatter made at its first use: making all of them at once would hold up the page's first paint. Its spaces are
 * plain no-break ones: the narrow ones between thousands in French are nothing at the size of a table.
 */
function lazily(make: () => Figures): Figures {
  let made: Figures | null = null;
  return { format: (value) => (made ??= make()).format(value).replaceAll('\u202f', '\u00a0') };
}

/** Numbers, sizes and times in one language. Times are the city's. */
export class Format {
  readonly #locale: string;
  readonly #units = new Map<string, Figures>();
  readonly #whole: Figures;
  readonly #change: Figures;
  readonly #shareChange: Figures;
  readonly #tenth: Figures;
  readonly #share: Figures;
  readonly #percent: Figures;
  readonly #time: Figures;
  readonly #shortTime: Figures;
  readonly #date: Figures;
  readonly #weekday: Figures;
  readonly #shortWeekday: Figures;
  readonly #longWeekdayName: Figures;
  readonly #shortWeekdayName: Figures;
  readonly #shortDate: Figures;
  readonly #shortDay: Figures;
  readonly #month: Figures;
  readonly #year: Figures;

  constructor(readonly lang: Lang) {
    this.#locale = lang === 'fr' ? 'fr-FR' : 'en-GB';
    this.#whole = lazily(() => new Intl.NumberFormat(this.#locale, { maximumFractionDigits: 0 }));
    const signed = { signDisplay: 'exceptZero' } as const;
    this.#change = lazily(() => new Intl.NumberFormat(this.#locale, { ...signed, maximumFractionDigits: 0 }));
    const tenth = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
    this.#tenth = lazily(() => new Intl.NumberFormat(this.#locale, tenth));
    this.#share = lazily(() => new Intl.NumberFormat(this.#locale, { style: 'percent', ...tenth }));
    this.#shareChange = lazily(
      () => new Intl.NumberFormat(this.#locale, { style: 'percent', ...signed, ...tenth }),
    );
    this.#percent = lazily(
      () => new Intl.NumberFormat(this.#locale, { style: 'percent', maximumFractionDigits: 0 }),
    );
    const zone = { timeZone: cityZone, hourCycle: 'h23' } as const;
    this.#time = this.#dates({ ...zone, hour: '2-digit', minute: '2-digit', second: '2-digit' });
    this.#shortTime = this.#dates({ ...zone, hour: '2-digit', minute: '2-digit' });
    this.#date = this.#dates({ ...zone, day: 'numeric', month: 'long', year: 'numeric' });
    this.#weekday = this.#dates({ ...zone, weekday: 'long', day: 'numeric', month: 'long' });
    const brief = { weekday: 'short', day: 'numeric', month: 'short' } as const;
    this.#shortWeekday = this.#dates({ ...zone, ...brief });
    this.#longWeekdayName = this.#dates({ ...zone, weekday: 'long' });
    this.#shortWeekdayName = this.#dates({ ...zone, weekday: 'short' });
    this.#shortDay = this.#dates({ ...zone, day: 'numeric', month: 'short', year: 'numeric' });
    this.#month = this.#dates({ ...zone, month: 'short', year: 'numeric' });
    this.#year = this.#dates({ ...zone, year: 'numeric' });
    this.#shortDate = this.#dates({ ...zone, day: 'numeric', month: 'short' });
  }

  /** a, b and c */
  list(texts: readonly string[]): string {
    return new Intl.ListFormat(this.#locale, { type: 'conjunction' }).format(texts);
  }

  /** 1,507; a mean over a period in whole ones, so that it reads like a count. */
  count(value: number | null): string {
    if (value === null) return '–';
    if (value > 0 && value < 0.5) return '<\u00a01';
    return this.#whole.format(value);
  }

  /** +12, −3, 0: a change in whole ones. */
  change(value: number | null): string {
    return value === null ? '–' : this.#change.format(value).replace('-', '−');
  }

  /** +4.2%, −0.8%: a change as a share, with one decimal. */
  shareChange(value: number | null): string {
    return value === null ? '–' : this.#shareChange.format(value).replace('-', '−');
  }

  /** 30.4, always with one decimal. */
  mean(value: number | null): string {
    return value === null ? '–' : this.#tenth.format(value);
  }

  /** 0.961 → 96.1%, −0.048 → −4.8%, always with one decimal; what is there but would round to none is less than a tenth. */
  share(value: number | null): string {
    if (value === null) return '–';
    if (value > 0 && value < 0.0005) return `<\u00a0${this.#share.format(0.001)}`;
    return this.#share.format(value).replace('-', '−');
  }

  /** 0.95 → 95%, −0.71 → −71%, in whole ones. */
  percent(value: number): string {
    return this.#percent.format(value).replace('-', '−');
  }

  /** Bytes in decimal units: 44 B, 155 kB, 13.5 kB, 2.1 MB. */
  bytes(value: number): string {
    if (value < 1000) return `${this.#whole.format(value)}\u00a0${this.lang === 'fr' ? 'o' : 'B'}`;
    const power = Math.max(0, Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), byteUnits.length - 1));
    const scaled = value / 1000 ** power;
    return this.#unit(byteUnits[power] ?? 'byte', power > 0 && scaled < 100 ? 1 : 0).format(scaled);
  }

  /** 412 ms, 1.2 s. */
  duration(ms: number): string {
    if (ms < 1000) return this.#unit('millisecond', 0).format(ms);
    return this.#unit('second', 1)
      .format(ms / 1000)
      .replace(/(\s)sec.*$/, '$1s');
  }

  /** 350 m, 1.2 km: a distance in metres, to the nearest ten below a kilometre. */
  distance(metres: number): string {
    const near = Math.round(metres / 10) * 10;
    if (near < 1000) return this.#unit('meter', 0).format(near);
    return this.#unit('kilometer', metres < 10_000 ? 1 : 0).format(metres / 1000);
  }

  /** 11:42:10 */
  time(epoch: number): string {
    return this.#time.format(epoch);
  }

  /** 11:42 */
  shortTime(epoch: number): string {
    return this.#shortTime.format(epoch);
  }

  /** 9 November 2024 */
  date(epoch: number): string {
    return this.#date.format(epoch);
  }

  /** Sunday 8 February */
  weekday(epoch: number): string {
    return this.opening(this.#weekday.format(epoch).replace(',', ''));
  }

  /** Sun 8 Feb */
  shortWeekday(epoch: number): string {
    return this.#shortWeekday.format(epoch).replace(',', '');
  }

  /** The same words, with a capital first. */
  opening(words: string): string {
    return words.charAt(0).toLocaleUpperCase(this.#locale) + words.slice(1);
  }

  /** Feb 2026, of an instant in its midst or at its beginning in UTC. */
  month(epoch: number): string {
    return this.#month.format(epoch);
  }

  /** 2026 */
  year(epoch: number): string {
    return this.#year.format(epoch);
  }

  /** 8 Feb */
  shortDate(epoch: number): string {
    return this.#shortDate.format(epoch);
  }

  /** 9 Nov 2024, in one line */
  shortDay(epoch: number): string {
    return this.#shortDay.format(epoch).replaceAll(' ', '\u00a0');
  }

  /** 8 Feb, 11:42 */
  moment(epoch: number): string {
    return `${this.shortDate(epoch)}, ${this.shortTime(epoch)}`;
  }

  /** 9 Nov 2024, 21:25 */
  dayTime(epoch: number): string {
    return `${this.shortDay(epoch)}, ${this.shortTime(epoch)}`;
  }

  /** 9 Nov 2024, 21:25; 9 Nov 2024, 21:25–22:10; 9 Nov 2024, 21:25 – 12 Nov 2024, 08:00. */
  period(from: number, to: number): string {
    if (this.dayTime(from) === this.dayTime(to)) return this.dayTime(from);
    const sameDay = this.shortDay(from) === this.shortDay(to);
    return sameDay
      ? `${this.dayTime(from)}–${this.shortTime(to)}`
      : `${this.dayTime(from)} – ${this.dayTime(to)}`;
  }

  /** 9 Nov, 16:00–17:00; 9 Nov; 9 Nov, 18:00 – 10 Nov, 00:00: a step of a chart, a day from midnight on as that day. */
  stretch(from: number, to: number): string {
    const [first, last] = [this.shortDate(from), this.shortDate(to - 1)];
    if (to - from >= day - hour && first === last) return first;
    return first === last
      ? `${this.moment(from)}–${this.shortTime(to)}`
      : `${this.moment(from)} – ${this.moment(to)}`;
  }

  /** 9 Nov 2024; 9 Nov 2024 – 18 Nov 2024: the city's days of a span. */
  days(from: number, to: number): string {
    const [first, last] = [this.shortDay(from), this.shortDay(to)];
    return first === last ? first : `${first} – ${last}`;
  }

  /** 35 s, 12 min, 3 h, 2 d, 6.8 years: a span to the nearest of its largest unit. */
  span(ms: number): string {
    return this.#inUnit(ms, Math.round);
  }

  /** The same, but never more than has passed: of something that was so long ago. */
  age(ms: number): string {
    return this.#inUnit(ms, Math.floor);
  }

  /** 35 s, 12 min, 1 h 20 min, 3 d 4 h: a span in its two largest units from an hour on, to the nearest of the smaller. */
  length(ms: number): string {
    const minutes = Math.round(ms / minute) * minute;
    if (minutes < hour || minutes >= longest) return this.span(ms);
    const [unit, part] = minutes < 2 * day ? [hour, minute] : [day, hour];
    const near = Math.round(ms / part) * part;
    const rest = near % unit;
    return rest === 0 ? this.span(near) : `${this.span(near - rest)}\u00a0${this.span(rest)}`;
  }

  /** Sunday, or Sun: of the city's day that an instant lies in. */
  weekdayName(epoch: number, style: 'long' | 'short'): string {
    return (style === 'long' ? this.#longWeekdayName : this.#shortWeekdayName).format(epoch);
  }

  /** 0:23, the time left until an instant; an hour or more as a span. */
  countdown(ms: number): string {
    if (ms >= hour) return this.span(ms);
    const seconds = Math.max(0, Math.ceil(ms / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }

  #inUnit(ms: number, whole: (value: number) => number): string {
    if (ms >= longest)
      return `${this.#tenth.format(whole((10 * ms) / year) / 10)}\u00a0${this.lang === 'fr' ? 'ans' : 'years'}`;
    const units = [
      [1000, minute, 's'],
      [minute, hour, 'min'],
      [hour, 2 * day, 'h'],
    ] as const;
    const fits = units.find(([unit, end]) => whole(ms / unit) * unit < end);
    const [unit, , name] = fits ?? [day, Infinity, this.lang === 'fr' ? 'j' : 'd'];
    return `${Math.max(0, whole(ms / unit))}\u00a0${name}`;
  }

  #unit(unit: string, digits: number): Figures {
    const key = `${unit} ${digits}`;
    const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits } as const;
    const format = this.#units.get(key) ?? lazily(() => new Intl.NumberFormat(this.#locale, options));
    this.#units.set(key, format);
    return format;
  }

  #dates(options: Intl.DateTimeFormatOptions): Figures {
    return lazily(() => new Intl.DateTimeFormat(this.#locale, options));
  }
}
