import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readOne, refusal } from './read.ts';

const folder = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn(`skipped: the real files are not in ${folder}`);

/**
 * What every file holds: envelope, columns, rows, and the feed's time. Columns and rows were counted without this
 * code: of a CSV `head -1` and `wc -l`, of JSON by Python's `json`.
 */
const files: Readonly<Record<string, readonly [string, number, number, number?]>> = {
  'velib/jcdecaux-2014/stations-velib-disponibilites-en-temps-reel.csv': ['csv', 12, 1235],
  'velib/smovengo-2019/velib-disponibilite-en-temps-reel.csv': ['csv', 21, 1363],
  'velib/smovengo-2019/velib-disponibilite-en-temps-reel.geojson': ['geojson', 23, 1363],
  'velib/v10-search-2019/records_search_geofilter_1hit.json': ['v1_search', 25, 1],
  'velib/v10-export-2022/velib-disponibilite-en-temps-reel.json': ['v1_export', 7, 1435],
  'velib/scraped-labels-2022/a_2022-05-12.csv.gz': ['csv', 17, 22_624],
  'velib/scraped-labels-2022/b_2022-05-23_to_05-28.csv.gz': ['csv', 19, 186_477],
  'velib/scraped-labels-2022/c_2022-06-01_to_06-02.csv.gz': ['csv', 25, 24_055],
  'velib/scraped-labels-2022/d_2022-06-02_to_06-07.csv.gz': ['csv', 21, 289_160],
  'velib/scraped-labels-2022/data_2022-06-01T145009Z_is_really_a_zip.csv': ['csv', 24, 1415],
  'velib/labels-csv-2023/velib-disponibilite-en-temps-reel.csv': ['csv', 14, 1452],
  'velib/labels-csv-2026/velib-disponibilite-en-temps-reel.csv': ['csv', 15, 1509],
  'velib/pandas-csv-2026/velib_20260207_235858.csv': ['csv', 15, 1507],
  'velib/gbfs-2023/stations_with_admin_ids.json.gz': ['keyed_records', 11, 1465],
  'velib/gbfs-2025/station_status.json': ['gbfs_status', 12, 1495, 1_760_778_556_000],
  'velib/gbfs-2025/station_information.json': ['gbfs_information', 8, 1495, 1_760_778_679_000],
  'velib/v21-export-2024/stations.csv': ['csv', 8, 1488],
  'velib/v21-export-2024/series_2024-10-31_to_2024-11-09.csv.gz': ['csv', 11, 1_012_723],
  'velib/v21-export-2024/raw/R-Velib__R-Velib20241104_111001.json.gz': ['records', 6, 1479],
  'velib/v21-export-2024/raw/R-Velib__R-Velib20241104_111501.json.gz': ['records', 9, 1485],
  'velib/v21-export-2024/raw/R-Velib__R-Velib20241105_085501.json.gz': ['records', 15, 1485],
  'velib/v21-export-2024/raw/python-Velib__velib_data_20241105_085501.json.gz': ['records', 15, 1485],
  'velib/v21-export-2024/raw/shell-Velib__velib_data_20241104_111001.json.gz': ['records', 14, 1485],
  'velib/v21-export-2024/raw/shell-Velib__velib_data_20241105_085501.json.gz': ['records', 15, 1485],
  'velib/v21-export-2024/raw/shell-Velib__velib_data_20241106_101001.json.gz': ['records', 14, 1482],
  'other-cities/lille_vlille-realtime_2021-09-20.json': ['v1_export', 15, 252],
  ...Object.fromEntries(
    (present ? readdirSync(`${folder}velib/pipeline-csv-2025`) : []).map((name) => [
      `velib/pipeline-csv-2025/${name}`,
      ['csv', 10, 1000],
    ]),
  ),
};

/** Cut by its author at 524 288 bytes, in the middle of an escape. */
const cut = 'velib/v21-export-2024/raw/shell-Velib__velib_data_20241105_112001.json.gz';

const read = (path: string) => new Uint8Array(readFileSync(folder + path));

describe.skipIf(!present)('a real file', () => {
  test.each(Object.entries(files))('%s', async (path, [envelope, columns, rows, feed_time = null]) => {
    // The name says nothing of the content.
    const table = await readOne(read(path), 'file.bin');
    expect([table.envelope, table.header.length, table.rows.length]).toEqual([envelope, columns, rows]);
    expect(table.feed_time).toBe(feed_time);
    expect(table.malformed).toEqual([]);
    for (const row of table.rows) if (row.length !== columns) expect(row).toHaveLength(columns);
  });

  test('that its author cut is told to be', async () => {
    expect(await refusal(read(cut))).toBe('import.cut');
  });

  test('is one of those above', () => {
    const all = ['velib', 'other-cities'].flatMap((name) =>
      readdirSync(folder + name, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name: file }) => `${parentPath}/${file}`.slice(folder.length)),
    );
    expect(all.sort()).toEqual([...Object.keys(files), cut].sort());
  });

  test('has its values in their columns', async () => {
    const [first] = (await readOne(read('velib/smovengo-2019/velib-disponibilite-en-temps-reel.geojson')))
      .rows;
    expect(first?.slice(-2)).toEqual(['2.334851883351803', '48.856451985395786']);
    const { header, rows } = await readOne(
      read('velib/labels-csv-2023/velib-disponibilite-en-temps-reel.csv'),
    );
    expect([header[0], header.at(-1)]).toEqual(['Identifiant station', 'Code INSEE communes équipées']);
    expect(rows[0]).toEqual(
      [
        '9020',
        'Toudouze - Clauzel',
        'OUI',
        '21',
        '13',
        '8',
        '2',
        '6',
        'OUI',
        'OUI',
        '2023-02-23T16:53:08+01:00',
      ]
        .concat('48.87929591733507, 2.3373600840568547', 'Paris')
        .concat([null as never]),
    );
  });
});
