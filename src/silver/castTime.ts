import { literal } from '../engine/sql.ts';
import type { Clock } from './eras.ts';
import { parisSpans } from './parisTime.ts';
import { patterns } from './values.ts';

/** A time column on its way through the cast: its text, and the columns that are made of it. */
export class TimeCast {
  readonly #text: string;
  readonly #iso: string;
  readonly #stamp: string;
  readonly #halves: string;

  /** `text` is the column that holds its text. */
  constructor(
    readonly name: string,
    private readonly clock: Clock,
    text: string,
  ) {
    this.#text = text;
    this.#iso = `iso_${name}`;
    this.#stamp = `stamp_${name}`;
    this.#halves = `halves_${name}`;
  }

  /** First step: the text as DuckDB reads it, year first, with seconds, no space before the offset. */
  iso(): string {
    const text = this.#text;
    const replaced = [
      [patterns.dayFirst, '\\3-\\2-\\1'],
      [patterns.shortYear, '20\\3-\\2-\\1\\4'],
      [patterns.noSeconds, '\\1:00\\2'],
      [patterns.spacedOffset, '\\1'],
      [patterns.namedUtc, 'Z'],
    ].reduce((sql, [pattern, by]) => `regexp_replace(${sql}, ${literal(pattern!)}, ${literal(by!)})`, text);
    const isIso = `substr(${text}, 5, 1) IN ('-', '/') AND TRY_CAST(${text} AS TIMESTAMP) IS NOT NULL`;
    return `CASE WHEN ${isIso} THEN ${text} ELSE ${replaced} END AS ${this.#iso}`;
  }

  /** Second step: the time told, brought to UTC where the text has an offset, else as the clock showed it. */
  stamp(): string {
    const [iso] = [this.#iso];
    return `CASE WHEN substr(${iso}, 5, 1) IN ('-', '/') THEN TRY_CAST(${iso} AS TIMESTAMP) END AS ${this.#stamp}`;
  }

  /** What the last step joins: for each half-year of Paris, when its clocks change. */
  join(): string {
    if (this.clock === 'utc') return '';
    const half = `year(${this.#stamp}) * 2 + CASE WHEN month(${this.#stamp}) > 6 THEN 1 ELSE 0 END`;
    return `\n  LEFT JOIN (${halfYears()}) AS ${this.#halves} ON ${this.#halves}.half = ${half}`;
  }

  /** Last step: the instant in UTC. NULL in the hour that Paris repeats in October or skips in March. */
  instant(): string {
    const [text, stamp, halves] = [this.#text, this.#stamp, this.#halves];
    const epoch = (pattern: string, factor: number) =>
      `WHEN regexp_matches(${text}, ${literal(pattern)})
        THEN epoch_ms(CAST(TRY_CAST(${text} AS DOUBLE) * ${factor} AS BIGINT))`;
    const local = `WHEN length(${this.#iso}) > 19 AND regexp_matches(substr(${this.#iso}, 20), '[-+ZT]') THEN ${stamp}
      WHEN ${stamp} < ${halves}.until THEN ${stamp} - to_hours(${halves}.before)
      WHEN ${stamp} >= ${halves}.since THEN ${stamp} - to_hours(${halves}.after)`;
    return `CASE
      WHEN ${stamp} IS NULL THEN CASE ${epoch(patterns.seconds, 1000)} ${epoch(patterns.milliseconds, 1)} END
      ${this.clock === 'utc' ? `ELSE ${stamp}` : local} END AS ${this.name}`;
  }
}

/** Per half-year: hours ahead of UTC before and after the change in it, the local times at which each ends and begins. */
function halfYears(): string {
  const spans = parisSpans();
  const rows = spans.slice(1).map((after, index) => {
    const before = spans[index]!;
    const change = new Date(after.from);
    return {
      half: change.getUTCFullYear() * 2 + (change.getUTCMonth() > 5 ? 1 : 0),
      ...{ until: before.to, since: after.from },
      ...{ before: before.offset / 3_600_000, after: after.offset / 3_600_000 },
    };
  });
  const list = (field: keyof (typeof rows)[number]) =>
    `unnest([${rows.map((row) => row[field]).join(', ')}]) AS ${field}`;
  return `SELECT half, epoch_ms(CAST(until AS BIGINT)) AS until, epoch_ms(CAST(since AS BIGINT)) AS since, before, after
    FROM (SELECT ${(['half', 'until', 'since', 'before', 'after'] as const).map(list).join(', ')})`;
}
