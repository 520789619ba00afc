import type { StationRow } from '../../src/gold/answers.ts';
import type {
  Frames,
  LakeFileRow,
  LakeTotals,
  Outcome,
  RecordedQuarters,
  SnapshotRow,
} from '../../src/pipeline/protocol.ts';

const hour = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();
const compact = (at: number): string => iso(at).replace(/[-:]/g, '');

export function snapshot(fetched_at: number, outcome: Outcome): SnapshotRow {
  return {
    fetched_at,
    fetched_at_basis: 'clock',
    source: 'velib',
    origin: 'live',
    http_status: 200,
    duration_ms: 412,
    bytes: 155_200,
    rows: 1485,
    stations: 1485,
    schema_fingerprint: '0f3a',
    outcome,
    error_code: null,
    bronze_path: null,
    unchanged: false,
    content_hash: '4f2a9c',
  };
}

export function totals(snapshots: number, last: number): LakeTotals {
  return {
    snapshots,
    rows: snapshots * 1485,
    bronze_csv_bytes: snapshots * 155_200,
    bronze_stored_bytes: snapshots * 17_000,
    silver_bytes: snapshots * 6_900,
    gold_bytes: 9_100,
    compacted_silver_bytes: snapshots * 0.9 * 6_200,
    compacted_bronze_csv_bytes: snapshots * 0.9 * 155_200,
    first: snapshots === 0 ? null : last - 26 * hour,
    last: snapshots === 0 ? null : last,
  };
}

/** 26 hours of quarter-hours that swell and ebb, with two gaps. */
export function recorded(last: number): RecordedQuarters {
  const end = Math.ceil(last / 900_000);
  const bikes = Int32Array.from({ length: 105 }, (_, index) => {
    if ((index > 43 && index < 48) || index === 70) return -1;
    return 19_000 + Math.round(1400 * Math.sin(index / 13) + 120 * Math.sin(index * 5));
  });
  return { first: (end - 104) * 900_000, bikes };
}

/** The stations as they are, but for some bikes that go from each to the next as the day goes on. */
export function frames(stations: readonly StationRow[], day: string): Frames {
  const instants = Float64Array.from({ length: 96 }, (_, frame) => Date.parse(day) + frame * 900_000);
  const cells = [...instants.keys()].flatMap((frame) =>
    stations.map((row, index) => {
      const shift = Math.round(6 * Math.sin(frame / 15 + index));
      const mechanical = Math.max(0, (row.mechanical ?? 0) + shift);
      const docks = Math.max(0, (row.docks ?? 0) - shift);
      const bikes = mechanical + (row.ebikes ?? 0);
      const open = bikes === 0 ? 1 : docks === 0 ? 5 : bikes <= 2 ? 2 : docks <= 2 ? 4 : 3;
      return { mechanical, docks, ebikes: row.ebikes ?? -1, state: row.state === 'closed' ? 0 : open };
    }),
  );
  return {
    instants,
    codes: stations.map((row) => row.station_code),
    state: Int8Array.from(cells, ({ state }) => state),
    mechanical: Int16Array.from(cells, ({ mechanical }) => mechanical),
    ebikes: Int16Array.from(cells, ({ ebikes }) => ebikes),
    docks: Int16Array.from(cells, ({ docks }) => docks),
  };
}

/** Three days of files, as many as a lake of minutes has. */
export function files(last: number): LakeFileRow[] {
  const rows: LakeFileRow[] = [];
  for (let at = Math.floor(last / hour) * hour - 50 * hour; at < last - hour; at += hour) {
    const day = iso(at).slice(0, 10);
    const span = { day, from: at + 10_000, to: at + 59 * 60_000 };
    const path = `bronze/velib/${day}/${iso(at).slice(11, 13)}.zip`;
    rows.push({ path, layer: 'bronze', bytes: 940_000, rows: 89_100, snapshots: 60, ...span });
  }
  for (let at = Math.floor(last / hour) * hour; at <= last; at += 60_000) {
    const day = iso(at).slice(0, 10);
    const span = { day, from: at, to: at, snapshots: 1, rows: 1485 };
    const name = `velib_${compact(at)}_4f2a9c`;
    rows.push({
      path: `bronze/velib/${day}/${iso(at).slice(11, 13)}/${name}.csv`,
      layer: 'bronze',
      bytes: 155_200,
      ...span,
    });
    rows.push({
      path: `silver/station_status/source=velib/date=${day}/${name}.parquet`,
      layer: 'silver',
      bytes: 13_500,
      ...span,
    });
  }
  for (const day of new Set(rows.map((row) => row.day ?? ''))) {
    const none = { rows: null, snapshots: null, from: null, to: null };
    rows.push({ path: `journal/${day}.jsonl`, layer: 'journal', bytes: 220_000, day, ...none });
    rows.push({
      path: `silver/station_status/source=velib/date=${day}/day_81c3e0.parquet`,
      layer: 'silver',
      bytes: 7_400_000,
      day,
      ...{ ...none, rows: 2_138_400, snapshots: 1440 },
    });
  }
  rows.push({
    path: 'silver/station_information/source=velib/b81f00.parquet',
    layer: 'silver',
    bytes: 88_000,
    day: null,
    ...{ rows: 1485, snapshots: null, from: null, to: null },
  });
  return rows;
}

export function members(path: string): LakeFileRow[] {
  const [, day = '', hh = ''] = /(\d{4}-\d\d-\d\d)\/(\d\d)\.zip$/.exec(path) ?? [];
  return Array.from({ length: 60 }, (_, minute) => {
    const at = Date.parse(`${day}T${hh}:${String(minute).padStart(2, '0')}:04Z`);
    const name = `velib_${compact(at)}_4f2a9c.csv`;
    return {
      ...{ path: `${path}/${name}`, layer: 'bronze', bytes: 155_200, rows: 1485, snapshots: 1 },
      ...{ from: at, to: at, day },
    };
  });
}
