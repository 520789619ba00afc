import { expect, test } from 'vitest';
import { packHour, unpackHour, type Member } from '../../../src/bronze/archive.ts';

const member = (name: string, text: string): Member => ({ name, bytes: new TextEncoder().encode(text) });

async function* each(members: readonly Member[]) {
  yield* members;
}

const members = [member('velib_1.csv', 'a,b\n1,2\n'), member('velib_2.csv', 'a,b\n3,\n')];

test('an hour’s ZIP gives back the same bytes, all or one', async () => {
  const zip = await packHour(each(members));
  expect(unpackHour(zip)).toEqual(members);
  expect(unpackHour(zip, 'velib_2.csv')).toEqual([members[1]]);
  expect(unpackHour(zip, 'velib_3.csv')).toEqual([]);
});

test('the same members make the same ZIP', async () => {
  expect(await packHour(each(members))).toEqual(await packHour(each(members)));
});
