import { LosslessNumber } from 'lossless-json';
import { VelolacError } from '../../errors.ts';
import { isObject, type JsonObject, type JsonValue } from '../records.ts';
import type { Envelope } from './reader.ts';

/** What an envelope holds: the records, and the feed's own time in milliseconds since the epoch. */
export interface Opened {
  readonly envelope: Envelope;
  readonly records: readonly JsonObject[];
  readonly feed_time: number | null;
}

/** Counts of a station's status, by every version of GBFS and Vélib's own spelling. */
const statusCounts = [
  'num_bikes_available',
  'numBikesAvailable',
  'num_vehicles_available',
  'num_docks_available',
  'numDocksAvailable',
];

/**
 * The records in any of the envelopes (see `Envelope`), each record flat: what stands beside its fields and tells
 * something of the station becomes one of them (`record_timestamp`; a point as `geometry.lon`,
 * `geometry.lat`), unless the record has that name itself. The portal's own book-keeping (record ids, links) is
 * left out. Throws `import.not_a_table`.
 */
export function openEnvelope(value: unknown): Opened {
  if (isRecords(value)) {
    const [first] = value;
    const exported = first !== undefined && isObject(first['fields']);
    return { envelope: exported ? 'v1_export' : 'records', records: value.map(ofV1), feed_time: null };
  }
  const opened = isObject(value) ? ofObject(value) : null;
  if (!opened) throw new VelolacError('import.not_a_table', 'the JSON holds no list of records');
  return opened;
}

function ofObject(root: JsonObject): Opened | null {
  const { features, records } = root;
  const stations = isObject(root['data']) ? root['data']['stations'] : root['stations'];
  const updated = root['last_updated'] ?? root['lastUpdatedOther'];
  if (isRecords(stations) && updated !== undefined) return ofGbfs(stations, updated);
  if (root['type'] === 'FeatureCollection' && isRecords(features)) {
    return { envelope: 'geojson', records: features.map(ofFeature), feed_time: null };
  }
  if (isRecords(records) && records.length > 0) {
    if (records.every(({ fields }) => isObject(fields))) {
      return { envelope: 'v1_search', records: records.map(ofV1), feed_time: null };
    }
    if (records.every(({ record }) => isObject(record))) return page(records.map(ofV2));
  }
  for (const named of [root['results'], records]) if (isRecords(named)) return page(named);
  return keyed(root) ?? longest(root);
}

function page(records: readonly JsonObject[]): Opened {
  return { envelope: 'records_page', records, feed_time: null };
}

function ofGbfs(stations: readonly JsonObject[], updated: JsonValue): Opened {
  const isStatus = stations.some((station) => statusCounts.some((name) => name in station));
  const envelope = isStatus ? 'gbfs_status' : 'gbfs_information';
  return { envelope, records: stations, feed_time: timeOf(updated) };
}

/** Seconds since the epoch (GBFS 1 and 2), milliseconds in feeds that are wrong, or RFC 3339 (GBFS 3). */
function timeOf(value: JsonValue): number | null {
  const number = value instanceof LosslessNumber ? Number(value.value) : Number.NaN;
  const time = typeof value === 'string' ? Date.parse(value) : number * (number < 1e11 ? 1000 : 1);
  return Number.isFinite(time) && time > 0 ? time : null;
}

/** v1 `{fields, geometry, record_timestamp}`; a record without `fields` is its own. */
function ofV1(record: JsonObject): JsonObject {
  const { fields, record_timestamp } = record;
  return isObject(fields)
    ? beside(fields, { ...timestamp(record_timestamp), ...point(record['geometry']) })
    : record;
}

/** v2.0 `{links, record: {id, timestamp, size, fields}}`. */
function ofV2({ record }: JsonObject): JsonObject {
  if (!isObject(record) || !isObject(record['fields'])) return isObject(record) ? record : {};
  return beside(record['fields'], timestamp(record['timestamp']));
}

function ofFeature({ id, geometry, properties }: JsonObject): JsonObject {
  const named = id === undefined || id === null ? {} : { id };
  return beside(isObject(properties) ? properties : {}, { ...named, ...point(geometry) });
}

function beside(fields: JsonObject, others: JsonObject): JsonObject {
  return { ...fields, ...Object.fromEntries(Object.entries(others).filter(([name]) => !(name in fields))) };
}

function timestamp(value: JsonValue | undefined): JsonObject {
  return value === undefined ? {} : { record_timestamp: value };
}

/** A point of GeoJSON, whose coordinates are longitude, latitude (RFC 7946, section 3.1.1). */
function point(geometry: JsonValue | undefined): JsonObject {
  const coordinates = isObject(geometry) && geometry['type'] === 'Point' ? geometry['coordinates'] : null;
  if (!Array.isArray(coordinates)) return {};
  const [lon, lat] = coordinates as readonly JsonValue[];
  return { geometry: { lon: lon ?? null, lat: lat ?? null } };
}

/** An object whose values are records with a name in common; the keys are a column, unless a record's column tells them. */
function keyed(root: JsonObject): Opened | null {
  const entries = Object.entries(root);
  const records: unknown = Object.values(root);
  if (entries.length < 2 || !isRecords(records)) return null;
  const shared = Object.keys(records[0]!).filter((name) => records.every((record) => name in record));
  if (shared.length === 0) return null;
  const told = shared.some((name) => entries.every(([key], at) => key === textOf(records[at]![name])));
  const rows = told ? records : entries.map(([key], at) => beside(records[at]!, { key }));
  return { envelope: 'keyed_records', records: rows, feed_time: null };
}

function textOf(value: JsonValue | undefined): JsonValue | undefined {
  return value instanceof LosslessNumber ? value.value : value;
}

/** The longest list of records in an object, or in an object in it: where a page of any other API keeps them. */
function longest(root: JsonObject): Opened | null {
  const inside = Object.values(root).flatMap((value) => (isObject(value) ? Object.values(value) : [value]));
  const lists = inside.filter(isRecords).sort((a, b) => b.length - a.length);
  return lists[0] ? page(lists[0]) : null;
}

function isRecords(value: unknown): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every(isObject);
}
