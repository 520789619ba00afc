import { expect, test } from 'vitest';
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

test('the same bytes under a name that tells no time are the same file', { timeout: 120_000 }, async () => {
  const { house, bring } = await open();
  const bare = [header.replace('poll,', ''), ...poll('10:00:01', true).map((row) => row.slice(20)), ''];
  const file = (name: string) => new File([bare.join('\n')], name, { lastModified: Date.UTC(2024, 10, 9) });
  const [named, renamed] = await bring(file('velib_20241106_100501.csv'), file('renamed.csv'));
  expect(named!.tables[0]).toMatchObject({ basis: 'file_name', accepted: 10 });
  expect(renamed).toMatchObject({ known: true });
  expect(await hashes(house)).toMatchObject({ station_status: expect.stringMatching(/^10 /) });
});
