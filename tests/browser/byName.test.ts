import { describe, expect, test } from 'vitest';
import { sourceState } from '../../src/lake/state.ts';
import { hashes, housesOfTest } from './houses.ts';

const open = housesOfTest();

/** Stations as a history of 2020 told them: the portal's names and places, and no code. */
const stations = [
  ['16107', 'Benjamin Godard - Victor Hugo', 48.865983, 2.275725],
  ['9020', 'Toudouze - Clauzel', 48.879295, 2.33736],
  ['7003', 'Square Boucicaut', 48.851297, 2.325061],
  ['6021', 'Beaux-Arts - Bonaparte', 48.856451, 2.334852],
  ['12105', 'Bercy - Villot', 48.841795, 2.376785],
  ['8004', 'Malesherbes - Place de la Madeleine', 48.870406, 2.323244],
  ['20116', 'Haies - Réunion', 48.853869, 2.402426],
  ['40001', 'Hôpital Mondor', 48.798922, 2.453745],
  ['31104', 'Mairie de Rosny-sous-Bois', 48.871257, 2.486581],
  ['8002', 'Gare Saint-Lazare - Cour du Havre', 48.875674, 2.32656],
  ['10001', 'René Boulanger - Lancry', 48.868543, 2.360003],
  ['10003', 'Hauteville - Bonne Nouvelle', 48.870774, 2.34965],
] as const;
const polls = ['2020-11-26 12:59:00', '2020-11-26 13:14:00', '2020-11-26 13:29:00'];
const header = 'date,capacity,available_mechanical,available_electrical,station_name,station_geo,operative';
const lines = polls.flatMap((date, poll) => [
  ...stations.map(([, name, lat, lon], row) => `${date},35,${row},${poll},${name},"${lat},${lon}",True`),
  `${date},20,1,1,Nulle Part,"48.85,2.35",True`,
  `${date},20,1,1,Square Boucicaut,"48.9,2.35",True`,
]);
const history = () =>
  new File([[header, ...lines, ''].join('\n')], 'history.csv', { lastModified: Date.UTC(2021, 0, 1) });

describe('a history that tells stations by name', () => {
  test('comes in under their codes, is told so, and comes out the same when it is rebuilt', async () => {
    const { house, curator, bring } = await open();
    expect((await curator.inspect([history()]))[0]!.tables).toMatchObject([
      { era: 'own', station: 'name', series: true, error: null },
    ]);
    const [report] = await bring(history());
    expect(report!.tables).toMatchObject([
      {
        ...{ era: 'own', station: 'name', basis: 'poll_column', snapshots: polls.length, quarantined: 0 },
        ...{ rows: lines.length, accepted: polls.length * stations.length },
        rejected: { unknown_station_name: polls.length, misplaced_station: polls.length },
        ...{ from: Date.UTC(2020, 10, 26, 11, 59), to: Date.UTC(2020, 10, 26, 12, 29) },
      },
    ]);
    const answers = await house.answer({ kind: 'instant', at: Date.UTC(2020, 10, 26, 12, 29) });
    const told = answers.stations.map((one) => [
      ...[one.station_code, one.name, one.mechanical, one.ebikes, one.docks, one.state],
    ]);
    expect(told.toSorted()).toEqual(
      stations.map(([code, name], row) => [code, name, row, polls.length - 1, null, 'unknown']).toSorted(),
    );
    const { schemas, rejects } = await curator.health();
    expect(schemas).toMatchObject([{ station: 'name', by: 'built_in' }]);
    expect(schemas[0]!.mapped).toContainEqual({ column: 'station_code', from: 'station_name' });
    expect(rejects.map(({ reason }) => reason)).toContain('misplaced_station');
    const before = await hashes(house);
    await curator.rebuild(null);
    expect(await hashes(house)).toEqual(before);
  });

  test('is no way for a portal’s snapshot whose codes are gone: that waits', async () => {
    const { house, record } = await open();
    const records = stations.map(([, name, lat, lon], row) => ({
      ...{ name, numbikesavailable: row, mechanical: row, ebike: 0, numdocksavailable: 20 - row },
      ...{ is_installed: 'OUI', coordonnees_geo: { lat, lon }, duedate: '2026-11-23T16:20:00+00:00' },
    }));
    await record(Date.UTC(2026, 10, 23, 16, 24), records);
    const { quarantine, schemas } = sourceState(house.lake.state, house.source);
    expect(Object.keys(quarantine)).toHaveLength(1);
    expect(Object.values(schemas)).toMatchObject([{ missing: ['station_code'] }]);
  });
});
