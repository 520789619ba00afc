import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { normalise } from '../../../src/silver/header.ts';
import {
  parseStationNames,
  StationNames,
  type Found,
  type NamedStation,
} from '../../../src/silver/stationNames.ts';
import { stationIds, stationNames } from './unseen.data.ts';

const file = new URL('../../../public/station-names.json', import.meta.url);
const shared = new URL('../../../../shared/data/velib/', import.meta.url);
const lines = JSON.parse(readFileSync(file, 'utf8')) as NamedStation[];
const day = (text: string) => Date.parse(text);

describe('the bundled table', () => {
  test('has one line a name, code and place, with days where several codes had the name', () => {
    const byName = new Map<string, NamedStation[]>();
    for (const line of lines) {
      const key = normalise(line[0]);
      byName.set(key, [...(byName.get(key) ?? []), line]);
    }
    for (const all of byName.values()) {
      const isShared = new Set(all.map(([, code]) => code)).size > 1;
      expect(all.map((line) => line.length)).toEqual(all.map(() => (isShared ? 6 : 4)));
    }
    expect(new Set(lines.map(String)).size).toBe(lines.length);
  });

  test.skipIf(!existsSync(shared))('says what files say that it was not made from', () => {
    const parse = (text: string) =>
      Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
    const folder = new URL('pipeline-csv-2025/', shared);
    const found: { readonly name: string; readonly byName: Found[0]; readonly code: string | undefined }[] =
      [];
    for (const file of readdirSync(folder)) {
      for (const { name = '', station_id: code } of parse(readFileSync(new URL(file, folder), 'utf8'))) {
        const [byName] = stationNames.find(name, null, () => day('2025-06-05'));
        found.push({ name, byName, code });
      }
    }
    const scraped = gunzipSync(readFileSync(new URL('scraped-labels-2022/a_2022-05-12.csv.gz', shared)));
    for (const row of parse(scraped.toString())) {
      const [name, lat, lon] = [row['Nom station']!, Number(row['Lattitude']), Number(row['Longitude'])];
      const position = Number.isNaN(lat) ? null : { lat, lon };
      const [byName] = stationNames.find(name, position, () => day('2022-05-12'));
      found.push({ name, byName, code: stationIds[row['Identifiant station']!] });
    }
    const told = found.filter(({ code }) => code !== undefined);
    const taken = told.filter(({ byName }) => byName !== null);
    const wrong = taken.filter(({ byName, code }) => byName !== code);
    // The ids are of 2023 and later, when it had its next code: in June 2022 the portal said 12029.
    expect(new Set(wrong.map(({ name, byName, code }) => `${name} ${byName} ${code}`))).toEqual(
      new Set(['Dugommier 12029 12201']),
    );
    expect(taken.length / told.length).toBeGreaterThan(0.98);
  });

  test('is refused where it is none', () => {
    for (const json of [null, [], {}, [['Gare', '1001', 48.8]], [['Gare', 1001, 48.8, 2.3]]]) {
      expect(() => parseStationNames(json)).toThrow(expect.objectContaining({ code: 'unexpected' }));
    }
  });
});

describe('a name', () => {
  const names = new StationNames([
    ['Hôtel de Ville', '4017', 48.85697, 2.35195, null, '2022-06-07'],
    ['Hôtel de Ville', '21005', 48.83533, 2.24111, null, '2022-06-07'],
    ['Paul Bodin - Clichy', '17009', 48.89372, 2.31793, null, '2024-11-09'],
    ['Paul Bodin - Clichy', '17204', 48.89372, 2.31793, '2023-07-01', null],
    ['Benjamin Godard - Victor Hugo', '16107', 48.86598, 2.27573],
    ['Benjamin Godard - Victor Hugo', '16107', 48.86698, 2.27573],
  ]);
  const find = (name: string, position: readonly [number, number] | null = null, at: string | null = null) =>
    names.find(name, position && { lat: position[0], lon: position[1] }, () =>
      at === null ? null : day(at),
    );

  test('is compared without case, accents, spaces and signs, and with mojibake undone', () => {
    for (const name of [
      'Benjamin Godard - Victor Hugo',
      ' BENJAMIN GODARD-VICTOR HUGO ',
      'Benjamin Godard – Victor Hugo.',
    ]) {
      expect(find(name)).toEqual(['16107', null]);
    }
    expect(find('HÃ´tel de Ville', [48.85697, 2.35195])).toEqual(['4017', null]);
  });

  test('that nobody knows is not guessed', () => {
    for (const name of ['Benjamin Godard', 'Benjamin Godard - Victor Hugo 2', '', '-', 'H?tel de Ville'])
      expect(find(name)).toEqual([null, 'unknown_station_name']);
  });

  test('that several stations have is settled by the position, or not at all', () => {
    expect(find('Hôtel de Ville', [48.8353, 2.2412])).toEqual(['21005', null]);
    expect(find('Hôtel de Ville')).toEqual([null, 'ambiguous_station_name']);
    expect(find('Hôtel de Ville', null, '2020-11-26')).toEqual([null, 'ambiguous_station_name']);
  });

  test('far from its station is not trusted, though it stands once', () => {
    expect(find('Benjamin Godard - Victor Hugo', [48.8672, 2.2757])).toEqual(['16107', null]);
    expect(find('Benjamin Godard - Victor Hugo', [48.8702, 2.2757])).toEqual([null, 'misplaced_station']);
    expect(find('Hôtel de Ville', [48.9, 2.3])).toEqual([null, 'misplaced_station']);
  });

  test('of a station that was given another number is settled by the time', () => {
    const at = (when: string | null) => find('Paul Bodin - Clichy', [48.8937, 2.318], when);
    expect(at('2020-11-26')).toEqual(['17009', null]);
    expect(at('2025-06-05')).toEqual(['17204', null]);
    for (const when of ['2024-02-01', null]) expect(at(when)).toEqual([null, 'ambiguous_station_name']);
  });
});
