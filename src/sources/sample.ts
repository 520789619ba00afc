import * as v from 'valibot';
import { VelolacError } from '../errors.ts';

/** The keys of a record, in the order in which the portal's v2.1 `exports/json` sends them. */
const keys = [
  'stationcode',
  'name',
  'is_installed',
  'capacity',
  'numdocksavailable',
  'numbikesavailable',
  'mechanical',
  'ebike',
  'is_renting',
  'is_returning',
  'duedate',
  'coordonnees_geo',
  'nom_arrondissement_communes',
  'code_insee_commune',
] as const;

const texts = v.array(v.nullable(v.string()));

const column = v.object({
  name: v.picklist(keys),
  texts: v.optional(v.array(v.string())),
  plus: v.optional(v.array(v.string()), []),
  minus: v.optional(v.array(v.string()), []),
  rows: v.array(v.array(v.nullable(v.pipe(v.number(), v.integer())))),
});

/**
 * The file that `.ci/make/sample.mjs` makes. `stations` holds what stays the same all day, one entry a station;
 * `coordonnees_geo` is JSON text. `columns` hold what is measured, a row a poll, a cell a station:
 *
 * - null: the value is null;
 * - a number: what to add to the last one of that station (at first 0); cells cut off at the end are 0;
 * - with `texts`, the sum is an index into them;
 * - with `plus` and `minus`, the value is the sum plus and minus those earlier columns (a null counts as 0).
 */
const file = v.object({
  format: v.literal(1),
  recorded: v.pipe(v.string(), v.isoDate()),
  timezone: v.string(),
  licence: v.string(),
  attribution: v.string(),
  source: v.string(),
  polls: v.array(v.pipe(v.string(), v.isoTimestamp())),
  stations: v.object({
    stationcode: texts,
    name: texts,
    coordonnees_geo: texts,
    nom_arrondissement_communes: texts,
    code_insee_commune: texts,
  }),
  columns: v.array(column),
});

type File = v.InferOutput<typeof file>;
type Column = v.InferOutput<typeof column>;
type Values = Map<string, (number | null)[]>;

/** One answer of the portal, as it was recorded. */
export interface SamplePoll {
  /** When its author received it: milliseconds since 1970, UTC. */
  readonly fetched_at: number;
  /** The whole answer: a JSON array of flat records, written as the portal writes it. */
  readonly body: string;
}

/** A recorded day of the portal. */
export interface Sample {
  /** The day in Paris, "2024-11-09". */
  readonly recordedOn: string;
  readonly licence: string;
  readonly attribution: string;
  /** The `fetched_at` of every poll, ascending; where the recorder was off, they lie more than 5 min apart. */
  readonly times: readonly number[];
  /** The polls from the first on, each rebuilt when it is asked for. */
  polls(): Iterable<SamplePoll>;
}

/**
 * Reads the bundled sample, whether the server sent the gzip as it lies or decoded it on the way.
 * @throws {VelolacError} `sample.unreadable`: not there, cut, of another format, or aborted; see its cause.
 */
export async function readSample(url: string, signal?: AbortSignal): Promise<Sample> {
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const text = await decompressed(await response.arrayBuffer());
    return sampleOf(v.parse(file, JSON.parse(text)));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new VelolacError('sample.unreadable', `sample: ${message}`, { url }, { cause });
  }
}

async function decompressed(bytes: ArrayBuffer): Promise<string> {
  const [first, second] = new Uint8Array(bytes);
  const gzipped = first === 0x1f && second === 0x8b;
  if (!gzipped) return new TextDecoder().decode(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

function sampleOf(day: File): Sample {
  const times = day.polls.map((time) => Date.parse(time));
  const count = day.stations.stationcode.length;
  const complete =
    Object.values(day.stations).every((column) => column.length === count) &&
    day.columns.every(
      ({ rows }) => rows.length === times.length && rows.every((row) => row.length <= count),
    ) &&
    keys.every((key) => key in day.stations || day.columns.some(({ name }) => name === key));
  if (!complete) throw new Error('columns are missing or of unequal length');
  return {
    recordedOn: day.recorded,
    licence: day.licence,
    attribution: day.attribution,
    times,
    polls: () => polls(day, times, count),
  };
}

function* polls(day: File, times: readonly number[], count: number): Generator<SamplePoll> {
  const sums = new Map(day.columns.map(({ name }) => [name, new Int32Array(count)]));
  const written = new Map(day.columns.map(({ name, texts }) => [name, texts?.map(portalText)]));
  const fixed: Record<string, string[]> = {
    ...Object.fromEntries(Object.entries(day.stations).map(([key, values]) => [key, values.map(portalText)])),
    coordonnees_geo: day.stations.coordonnees_geo.map((json) => json ?? 'null'),
  };
  for (const [poll, fetched_at] of times.entries()) {
    const values: Values = new Map();
    for (const column of day.columns) {
      values.set(column.name, step(column, poll, sums.get(column.name) ?? new Int32Array(count), values));
    }
    const field = (key: (typeof keys)[number], station: number): string => {
      const constant = fixed[key]?.[station];
      if (constant !== undefined) return constant;
      const value = values.get(key)?.[station] ?? null;
      const texts = written.get(key);
      return (texts && value !== null ? texts[value] : String(value)) ?? 'null';
    };
    const records = Array.from({ length: count }, (_, station) => {
      const pairs = keys.map((key) => `"${key}": ${field(key, station)}`);
      return `{${pairs.join(', ')}}`;
    });
    yield { fetched_at, body: `[${records.join(',')}]` };
  }
}

/** The values of a column at a poll; `sums` moves on with it. */
function step(
  { rows, plus, minus }: Column,
  poll: number,
  sums: Int32Array,
  values: Values,
): (number | null)[] {
  const row = rows[poll] ?? [];
  const at = (names: string[], station: number) =>
    names.reduce((total, name) => total + (values.get(name)?.[station] ?? 0), 0);
  return Array.from(sums, (last, station) => {
    const change = station < row.length ? (row[station] ?? null) : 0;
    if (change === null) return null;
    const sum = last + change;
    sums[station] = sum;
    return sum + at(plus, station) - at(minus, station);
  });
}

/** A text as the portal writes it into JSON: no letter beyond ASCII. */
function portalText(text: string | null): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
