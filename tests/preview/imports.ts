import type { ErrorRecord } from '../../src/errors.ts';
import type { ImportReport, Inspection, InspectedTable, TableReport } from '../../src/pipeline/protocol.ts';

const refused = (code: ErrorRecord['code'], details: ErrorRecord['details'] = {}): ErrorRecord => ({
  code,
  message: code,
  details,
});

const table = (name: string, change: Partial<InspectedTable> = {}): InspectedTable => ({
  name,
  ...{ envelope: 'csv', era: 'v2', content: 'status', basis: 'file_date', series: false, error: null },
  fetched_at: Date.UTC(2024, 10, 9, 20, 25, 1),
  ...change,
});

/** What the names of some well-known files stand for; any other is one snapshot of the portal. */
const kinds: readonly (readonly [RegExp, (name: string) => Inspection['tables'] | ErrorRecord])[] = [
  [/\.(png|jpe?g)/, () => refused('import.not_a_table')],
  [/bomb/, () => refused('import.bomb')],
  [/empty/, () => refused('import.empty')],
  [
    /series/,
    (name) => [table(name, { basis: 'poll_column', series: true, fetched_at: Date.UTC(2024, 10, 8, 6) })],
  ],
  [
    /\.zip$/,
    () =>
      Array.from({ length: 42 }, (_, index) => {
        const day = `${index + 1}`.padStart(2, '0');
        const fetched_at = Date.UTC(2022, 4, index + 1, 7, 5);
        return table(`velib_2022-05-${day}.csv`, { era: 'labels', basis: 'file_name', fetched_at });
      }),
  ],
  [
    /gbfs/,
    (name) => [
      table(name, {
        ...{ envelope: 'gbfs_status', era: 'gbfs', basis: 'feed_root' },
        fetched_at: Date.UTC(2025, 9, 26, 0, 30),
      }),
    ],
  ],
  [
    /information/,
    (name) => [table(name, { envelope: 'gbfs_information', era: 'gbfs', content: 'information' })],
  ],
  [
    /2014/,
    (name) => [
      table(name, {
        ...{ era: 'jcdecaux', basis: 'last_reported' },
        fetched_at: Date.UTC(2014, 3, 12, 9, 40),
      }),
    ],
  ],
  [
    /export-2022|unknown/,
    (name) => [
      table(name, {
        ...{ envelope: 'v1_export', era: null, basis: 'record_timestamp' },
        error: refused('silver.schema', { columns: 'station_code' }),
      }),
    ],
  ],
];

/** What the beginning of a file tells, by its name. */
export function inspectionOf({ name, size }: File): Inspection {
  const found = kinds.find(([pattern]) => pattern.test(name))?.[1](name) ?? [
    table(name, { envelope: 'records', basis: 'file_name' }),
  ];
  const unreadable = 'code' in found;
  return { name, bytes: size, tables: unreadable ? [] : found, error: unreadable ? found : null };
}

const counted = (inspected: InspectedTable, change: Partial<TableReport>): TableReport => ({
  ...inspected,
  ...{ fingerprint: '3fa9c02b71d84e60', from: inspected.fetched_at, to: inspected.fetched_at },
  ...{ snapshots: 1, known: 0, rows: 1485, accepted: 1485, quarantined: 0, rejected: {}, discarded: {} },
  ...change,
});

/** What becomes of a file that is imported. */
export function reportOf({ name, bytes, tables }: Inspection, at: number, known: boolean): ImportReport {
  const reports = tables.map((one) => {
    if (one.error !== null) return counted(one, { accepted: 0, quarantined: 1390, rows: 1390 });
    if (!one.series) return counted(one, {});
    return counted(one, {
      ...{ to: Date.UTC(2024, 10, 17, 20, 55), snapshots: 682, known: 2, rows: 1_012_723, accepted: 999_368 },
      rejected: { no_station_code: 10_387, known_snapshot: 2968 },
      discarded: { last_reported: 134, num_docks_available: 12 },
    });
  });
  return {
    at,
    name,
    bytes,
    path: `bronze/imports/${name}`,
    known,
    tables: known ? [] : reports,
    error: null,
  };
}

/** Imports of the past, of every outcome. */
export function pastImports(now: number): ImportReport[] {
  const file = (name: string, size: number): Inspection => ({
    ...inspectionOf(new File([], name)),
    bytes: size,
  });
  const hour = 3_600_000;
  const bikes2014 = file('velib-2014-04-12.csv', 171_000);
  return [
    reportOf(file('series-2024-11.csv', 96_400_000), now - 30 * hour, false),
    {
      ...{ at: now - 29 * hour, name: 'IMG_2231.png.csv', bytes: 2_140_000, path: null, known: false },
      ...{ tables: [], error: refused('import.not_a_table') },
    },
    {
      ...reportOf(bikes2014, now - 5 * hour, false),
      tables: bikes2014.tables.map((one) =>
        counted(one, {
          ...{ rows: 1226, accepted: 1221 },
          rejected: { malformed_row: 4, no_station_code: 1 },
          discarded: { lat: 1, lon: 1 },
        }),
      ),
    },
    reportOf(file('velib-export-2022.json', 540_000), now - 4 * hour, false),
    reportOf(file('velib-2022-05.zip', 1_900_000), now - 3 * hour, false),
    reportOf(file('series-2024-11.csv', 96_400_000), now - 2 * hour, true),
    {
      ...reportOf(file('velib_20241109_212501.json', 171_000), now - hour, false),
      corrects: { fetched_at: Date.UTC(2026, 10, 20, 17, 4), basis: 'file_date' },
    },
  ];
}
