import { expect, test } from 'vitest';
import { toCsvTable } from '../../../src/ui/save/table.ts';
import { changesToSave } from '../../../src/ui/time/toSave.ts';

test('a saved comparison names each area, the measure, both figures and both moments', () => {
  const [before, after] = [Date.UTC(2024, 10, 8, 20, 25, 1), Date.UTC(2024, 10, 9, 20, 25, 1)];
  const rows = [
    { area_id: '75112', area_name: 'Bercy', before: 230, after: 195, change: -35, share: -0.05 },
    { area_id: '94080', area_name: 'Vincennes', before: 3, after: 3, change: 0, share: null },
  ];
  const text = toCsvTable(changesToSave(rows, 'ebikes', before, after), { from: after, to: after }, 'ODbL');
  expect(text.split('\n')).toEqual([
    'area_id,area_name,measure,before,after,change,share_of_places,before_at,after_at,as_of,licence',
    '75112,Bercy,ebikes,230,195,-35,-0.05,2024-11-08T20:25:01.000Z,2024-11-09T20:25:01.000Z,2024-11-09T20:25:01.000Z,ODbL',
    '94080,Vincennes,ebikes,3,3,0,,2024-11-08T20:25:01.000Z,2024-11-09T20:25:01.000Z,2024-11-09T20:25:01.000Z,ODbL',
    '',
  ]);
});
