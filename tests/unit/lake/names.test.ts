import { expect, test } from 'vitest';
import { bronzeName, HOUR } from '../../../src/lake/names.ts';

const at = Date.UTC(2026, 10, 23, 16, 24, 0, 123);
const begin = Date.UTC(2026, 10, 23, 16);
const named = 'velib_20261123T162400.123Z_3f9a1c';
const moment = { source: 'velib', from: at, to: at };
const hour = { source: 'velib', table: 'hour', from: begin, to: begin + HOUR - 1 };

test.each([
  [`bronze/velib/2026-11-23/16/${named}.csv`, { ...moment, table: 'snapshot' }],
  [`bronze/velib/2026-11-23/16/${named}.body.gz`, { ...moment, table: 'body' }],
  ['bronze/velib/2026-11-23/16.zip', hour],
  ['bronze/velib/2026-11-23/16-2.zip', hour],
  ['bronze/velib@data.example.org/2026-11-23/16.zip', { ...hour, source: 'velib@data.example.org' }],
])('%s tells what it is', (path, told) => expect(bronzeName(path)).toEqual(told));

test.each([
  ['an import', 'bronze/imports/2026-11-23/88f7ec86_a_2022-05-12.csv.gz'],
  ['another hour’s', `bronze/velib/2026-11-23/17/${named}.csv`],
  ['another source’s', `bronze/velib@data.example.org/2026-11-23/16/${named}.csv`],
  ['without an instant', 'bronze/velib/2026-11-23/16/velib_3f9a1c.csv'],
  ['no day', 'bronze/velib/2026-13-23/16.zip'],
  ['no Bronze', `silver/velib/2026-11-23/16/${named}.csv`],
])('a path is no name of recorded Bronze: %s', (_, path) => expect(bronzeName(path)).toBeNull());
