import { describe, expect, test } from 'vitest';
import type { Lakehouse } from '../../src/pipeline/lakehouse.ts';
import { hashes, housesOfTest } from './houses.ts';

const open = housesOfTest();

const codes = ['16107', '1001', '9020', '35014', '7003', '12106', '5110', '20116', '18010', '44015'];
const header =
  'poll,stationcode,is_installed,capacity,numdocksavailable,numbikesavailable,mechanical,ebike,is_renting,is_returning,duedate';
const line = (poll: string, code: string, row: number) =>
  `${poll},${code},OUI,20,${20 - row},${row},${row},0,OUI,OUI,2024-11-06T10:0${row % 6}:01+01:00`;
const poll = (time: string, coded: boolean) =>
  codes.map((code, row) => line(`2024-11-06T${time}`, coded ? code : '', row));
const series = (name: string, ...polls: string[][]) =>
  new File([[header, ...polls.flat(), ''].join('\n')], name, { lastModified: Date.UTC(2024, 10, 9) });

test('a day that is written anew with the very rows that it had stays', { timeout: 120_000 }, async () => {
  const { house, curator, bring } = await open();
  const [first] = await bring(series('nov6.csv', poll('10:00:01', true), poll('10:10:01', false)));
  expect(first!.tables[0]).toMatchObject({ accepted: 10, rejected: { no_station_code: 10 } });
  // The poll without codes gives way to the one that has them, and of the day's status nothing changes.
  await bring(series('again.csv', poll('10:10:01', false), poll('10:20:01', false)));
  await bring(series('codes.csv', poll('10:10:01', true)));
  for (const path of Object.keys(house.lake.state.files)) await house.lake.readSound(path);
  expect((await curator.verify()).problems).toEqual([]);
  expect(await hashes(house)).toMatchObject({ station_status: expect.stringMatching(/^20 /) });
});

test(
  'what stations are stays beside what they had, told for the same poll by another file',
  { timeout: 120_000 },
  async () => {
    const names = new File(
      [
        [
          'stationcode,name,capacity,coordonnees_geo,nom_arrondissement_communes,code_insee_commune,first_poll,last_poll',
          ...codes.map(
            (code, row) =>
              `${code},Place ${code},20,"{""lon"": 2.3, ""lat"": ${48.8 + row / 100}}",Paris,75056,2024-11-06T10:0${row < 9 ? 0 : 5}:01,2024-11-06T10:10:01`,
          ),
          '',
        ].join('\n'),
      ],
      'stations.csv',
      { lastModified: Date.UTC(2024, 10, 9) },
    );
    const polls = series(
      'series.csv',
      poll('10:00:01', true),
      poll('10:05:01', true),
      poll('10:10:01', true),
    );
    const one = await open();
    const reports = await one.bring(polls, names);
    expect(reports.map(({ tables }) => tables[0]!.rejected)).toEqual([{}, {}]);
    const { stations } = await one.house.answer({ kind: 'instant', at: Date.parse('2024-11-06T09:10:01Z') });
    expect(stations.map(({ name }) => name).toSorted()).toEqual(
      codes.map((code) => `Place ${code}`).toSorted(),
    );
    const other = await open();
    await other.bring(names, polls);
    expect(await hashes(other.house)).toEqual(await hashes(one.house));
  },
);

describe(
  'of several recordings of one instant the same stays, whatever came first',
  { timeout: 240_000 },
  () => {
    const at = '10:10:01';
    const bare = (rows: readonly string[]) =>
      [header.replace('poll,', ''), ...rows.map((row) => row.slice(`2024-11-06T${at},`.length)), ''].join(
        '\n',
      );
    const file = (name: string, text: string) =>
      new File([text], name, { lastModified: Date.UTC(2024, 10, 9) });

    /** The lake's hashes after the files in an order, and after a rebuild. */
    async function hashesOf(...files: File[]) {
      const { house, curator, bring } = await open();
      for (const one of files) await bring(one);
      const found = await hashes(house);
      await curator.rebuild(null);
      expect(await hashes(house)).toEqual(found);
      return found;
    }

    test('a third recording meets the best known time of two that are equal', async () => {
      const rows = poll(at, true);
      const named = file('velib_20241106_101001.csv', bare(rows));
      const polled = series('polled.csv', rows);
      // One that differs, whose hash may be the smaller: it is as well known as the series.
      const others = [1, 2, 3].map((more) =>
        series(
          `other${more}.csv`,
          rows.map((row) =>
            row.replace(/,20,(\d+),(\d+),/, (_, docks, bikes) => `,20,${docks},${Number(bikes) + more},`),
          ),
        ),
      );
      for (const other of others) {
        const one = await hashesOf(named, polled, other);
        expect(one).toMatchObject({ station_status: expect.stringMatching(/^10 /) });
        expect(await hashesOf(polled, named, other)).toEqual(one);
      }
    });

    test('without a good row in either, what was left out of one', async () => {
      const rows = poll(at, false);
      const named = file('velib_20241106_101001.csv', bare(rows));
      const polled = series('polled.csv', rows);
      const one = await hashesOf(named, polled);
      expect(one).toMatchObject({ rejects: expect.stringMatching(/^10 /) });
      expect(await hashesOf(polled, named)).toEqual(one);
    });
  },
);

test('the same bytes under a name that tells no time are the same file', { timeout: 120_000 }, async () => {
  const { house, bring } = await open();
  const bare = [header.replace('poll,', ''), ...poll('10:00:01', true).map((row) => row.slice(20)), ''];
  const file = (name: string) => new File([bare.join('\n')], name, { lastModified: Date.UTC(2024, 10, 9) });
  const [named, renamed] = await bring(file('velib_20241106_100501.csv'), file('renamed.csv'));
  expect(named!.tables[0]).toMatchObject({ basis: 'file_name', accepted: 10 });
  expect(renamed).toMatchObject({ known: true });
  expect(await hashes(house)).toMatchObject({ station_status: expect.stringMatching(/^10 /) });
});

describe('the same bytes at a better known time', { timeout: 120_000 }, () => {
  const bare = [header.replace('poll,', ''), ...poll('10:00:01', true).map((row) => row.slice(20)), ''];
  const text = bare.join('\n').replaceAll(/,[^,\n]*$/gm, '');
  const named = 'velib_20241106_100501.csv';
  const file = (name: string, content = text) =>
    new File([content], name, { lastModified: Date.UTC(2024, 10, 9) });
  const instants = (house: Lakehouse) =>
    Object.values(house.lake.state.sources[house.source]!.days).flatMap((day) => day.map(([at]) => at));

  test('take the place of a guess, as if they had come alone; and it is told', async () => {
    const alone = await open();
    await alone.bring(file(named));
    const wanted = await hashes(alone.house);
    const { house, curator, bring } = await open();
    const [guessed, corrected] = await bring(file('velib.csv'), file(named));
    expect(guessed!.tables[0]).toMatchObject({ basis: 'file_date', accepted: 10 });
    expect(corrected).toMatchObject({
      known: false,
      tables: [{ basis: 'file_name', accepted: 10, snapshots: 1 }],
      corrects: { fetched_at: Date.UTC(2024, 10, 9), basis: 'file_date' },
    });
    const at = Date.parse('2024-11-06T09:05:01Z');
    expect(instants(house)).toEqual([at]);
    expect(house.newest?.fetched_at).toBe(at);
    expect((await hashes(house)).station_status).toEqual(wanted.station_status);
    await curator.rebuild(null);
    expect(await hashes(house)).toEqual(wanted);
    expect(house.lake.entries('import', house.source).map(({ path }) => path)).toEqual([
      expect.stringContaining(named),
    ]);
    expect((await curator.verify()).problems).toEqual([]);
    const [again] = await bring(file('velib.csv'));
    expect(again).toMatchObject({ known: true });
  });

  test('leave a guess that another file made, too', async () => {
    const { house, bring } = await open();
    await bring(file('velib.csv'), file('copy.csv', `${text}\n`));
    const [report] = await bring(file(named));
    expect(report).not.toHaveProperty('corrects');
    expect(instants(house).sort()).toEqual([Date.parse('2024-11-06T09:05:01Z'), Date.UTC(2024, 10, 9)]);
  });

  test('are those of the user’s word on the file', async () => {
    const { house, curator } = await open();
    const user = Date.parse('2024-11-05T12:00:00Z');
    await curator.import([{ file: file(named), fetched_at: null }]);
    const [report] = await curator.import([{ file: file(named), fetched_at: user }]);
    expect(report).toMatchObject({ corrects: { basis: 'file_name' }, tables: [{ basis: 'user' }] });
    expect(instants(house)).toEqual([user]);
    expect(house.lake.entries('import', house.source)).toHaveLength(1);
    for (const path of Object.keys(house.lake.state.files)) await house.lake.readSound(path);
  });
});
