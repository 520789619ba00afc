import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valueOf, type Cell } from '../../../src/silver/agreement.ts';
import { assign } from '../../../src/silver/assignment.ts';
import { contract, type ColumnName } from '../../../src/silver/contract.ts';
import { fieldAt } from '../../../src/silver/fields.ts';
import { tryMapTable } from '../../../src/silver/mapping.ts';
import type { Place } from '../../../src/silver/place.ts';
import { AUTOMATIC_FROM, propose, type Known, type Proposal } from '../../../src/silver/proposal.ts';
import {
  changed,
  decoys,
  knownOf,
  meaningless,
  misleading,
  names,
  translated,
  type Change,
} from './proposal.change.ts';
import { present, sources } from './proposal.data.ts';

const byName = sources();
const moments = Object.values(byName);
const change = fc.record({
  source: fc.nat(moments.length - 1),
  moment: fc.nat(100),
  renamed: fc.oneof(fc.subarray(names), fc.constant(names)),
  dropped: fc.subarray(
    names.filter((name) => name !== 'station_code'),
    { maxLength: 4 },
  ),
  names: fc.uniqueArray(
    fc.oneof(...[translated, meaningless, misleading].map((some) => fc.constantFrom(...some)), fc.string()),
    { minLength: 5, maxLength: 20 },
  ),
  added: fc.subarray(Object.keys(decoys)),
  turn: fc.nat(3000),
  stations: fc.integer({ min: 400, max: 1100 }),
});
type Case = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** The first poll as it is known, the later one changed, and what is proposed. */
function played({ source, moment, ...options }: Case) {
  const polls = moments[source]!;
  const [before, after] = polls[moment % polls.length]!();
  const known = knownOf(before);
  const table = changed(after, options);
  return { known, table, proposal: propose({ ...table, known }) };
}

type Table = ReturnType<typeof changed>;

/** Whether a place holds what the column says in this poll, be it a copy of it. */
function holds(table: Table, column: string, place: Place): boolean {
  const { kind } = contract.find(({ name }) => name === column)!;
  const values = (texts: readonly (string | null)[]) =>
    JSON.stringify(texts.map((text) => valueOf(text, kind)));
  return values(fieldAt(place, table.header, table.rows).texts) === values(table.told[column]!);
}

/** Candidates that would be applied without asking, and are wrong. */
function wrongOnItsOwn({ columns }: Proposal, table: Table) {
  return columns.flatMap(({ column, candidates }) =>
    candidates
      .filter(({ confidence, place }) => confidence >= AUTOMATIC_FROM && !holds(table, column, place))
      .map(({ name, confidence }) => `${column}: ${name} ${confidence}`),
  );
}

/** Missing columns that are there under another name, and whose values differ from those of all others. */
function findable(known: Known, { truth, told, missing }: Table): string[] {
  const codes = new Set(told['station_code']);
  const stations = [...known.snapshots[0]!].filter(([code]) => codes.has(code)).map(([, was]) => was);
  const filled = (cells: readonly Cell[]) => cells.filter((cell) => cell !== null).length > cells.length / 2;
  return missing.filter(
    (column) =>
      truth[column] &&
      filled(told[column]!) &&
      filled(stations.map((was) => was[column] ?? null)) &&
      names.every((name) => name === column || stations.some((was) => was[name] !== was[column])),
  );
}

describe('a header that nobody has seen', () => {
  test('is understood by its values, whatever its names', () => {
    const cases = { all: 0, right: 0 };
    const wrong: string[] = [];
    fc.assert(
      fc.property(change, (options) => {
        const { known, table, proposal } = played(options);
        expect(wrongOnItsOwn(proposal, table)).toEqual([]);
        for (const column of findable(known, table)) {
          const first = proposal.columns.find((one) => one.column === column)?.candidates[0];
          cases.all += 1;
          if (first && holds(table, column, first.place)) cases.right += 1;
          else wrong.push(`${Object.keys(byName)[options.source]!}: ${column} taken for ${first?.name}`);
        }
      }),
      { numRuns: present ? 320 : 100, seed: 2024, endOnFailure: true },
    );
    const rate = cases.right / cases.all;
    const share = `${cases.right} of ${cases.all} (${(100 * rate).toFixed(2)} %) right; wrong: ${wrong.join('; ')}`;
    expect(cases.all, share).toBeGreaterThanOrEqual(present ? 2000 : 200);
    expect(rate, share).toBeGreaterThanOrEqual(present ? 0.99 : 0.95);
  });
});

describe('a column of the fixture', () => {
  const [before, after] = byName['fixture']!.at(-1)!();
  const known = knownOf(before);
  const unchanged: Change = {
    renamed: [],
    dropped: [],
    names: ['x'],
    added: [],
    turn: 0,
    stations: Infinity,
  };
  const proposalFor = (change: Partial<Change>) => {
    const table = changed(after, { ...unchanged, ...change });
    return propose({ ...table, known });
  };
  const first = ({ columns }: Proposal, name: string) =>
    columns.find(({ column }) => column === name)?.candidates[0];

  test('that is renamed is found, with the reasons', () => {
    const proposal = proposalFor({ renamed: ['num_ebikes_available'], names: ['mechanical2'] });
    expect(proposal.columns).toEqual([
      {
        column: 'num_ebikes_available',
        required: false,
        contradicted: null,
        ambiguous_with: [],
        candidates: [
          expect.objectContaining({ name: 'mechanical2', place: after.truth['num_ebikes_available'] }),
        ],
      },
    ]);
    const { confidence, reasons } = first(proposal, 'num_ebikes_available')!;
    expect(confidence).toBeGreaterThan(AUTOMATIC_FROM);
    expect(reasons.map(({ kind }) => kind)).toEqual(['agreement', 'range', 'type', 'name', 'sum']);
    expect(reasons.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
    expect(proposal.confidence).toBe(1);
  });

  test('that is gone has no sure candidate, whatever stands there instead', () => {
    const total = 'num_bikes_available';
    for (const dropped of names.filter((name) => name !== 'station_code' && name !== total)) {
      const proposal = proposalFor({
        dropped: [dropped],
        added: ['random', 'index', 'weather', 'Tx_Disp_Velos'],
      });
      expect(first(proposal, dropped)?.confidence ?? 0, dropped).toBeLessThan(0.5);
      expect(proposal.confidence < 0.5, dropped).toBe(
        contract.find(({ name }) => name === dropped)!.required,
      );
    }
  });

  test('that is gone but is the sum of two others is proposed as that, and never on its own', () => {
    const proposal = proposalFor({ dropped: ['num_bikes_available'], added: ['random', 'weather'] });
    const best = first(proposal, 'num_bikes_available');
    const parts = ['num_mechanical_available', 'num_ebikes_available'].map((name) => known.names[name]);
    expect(best).toMatchObject({ place: { kind: 'sum' }, confidence: 0.9 });
    expect(best!.name.split(' + ').sort()).toEqual(parts.sort());
    expect(proposal.confidence).toBeLessThan(AUTOMATIC_FROM);
  });

  test.each(['num_docks_available', 'capacity'])('%s that comes in two parts is their sum', (name) => {
    const { index } = after.truth[name] as { index: number };
    const header = [...after.header.with(index, 'erste'), 'zweite'];
    const rows = after.rows.map((row, station) => {
      const whole = Number(row[index]);
      const part = Math.min(whole, (station * 7919) % 13);
      return [...row.with(index, String(part)), String(whole - part)];
    });
    const table = { header, rows, mapped: { ...after.truth, [name]: null }, missing: [name as ColumnName] };
    const [best] = propose({ ...table, known }).columns[0]!.candidates;
    expect(best).toMatchObject({
      ...{ place: { kind: 'sum', indexes: [index, header.length - 1] }, name: 'erste + zweite' },
      ...{
        confidence: 0.9,
        reasons: expect.arrayContaining([expect.objectContaining({ kind: 'agreement' })]),
      },
    });
    const { mapping, missing } = tryMapTable(header, rows, { [name]: best!.place });
    expect([mapping.columns[name as ColumnName], missing]).toEqual([best!.place, []]);
  });

  test('that no value tells from another is one of a group, by the hint of its name, and never sure', () => {
    const proposal = proposalFor({
      renamed: ['is_renting', 'is_returning'],
      names: ['returning_', 'renting_'],
    });
    expect(proposal.columns.map(({ column, ambiguous_with }) => [column, ambiguous_with])).toEqual([
      ['is_renting', ['is_returning']],
      ['is_returning', ['is_renting']],
    ]);
    for (const { column, candidates } of proposal.columns) {
      expect(candidates.map(({ name }) => name).sort()).toEqual(['renting_', 'returning_']);
      expect(candidates[0]!.name).toBe(`${column.replace('is_', '')}_`);
      expect(candidates.every(({ confidence }) => confidence <= 0.5)).toBe(true);
    }
  });

  test('is found through the names of stations when their code is gone', () => {
    const proposal = proposalFor({ dropped: ['station_code'], renamed: ['num_docks_available'] });
    expect(first(proposal, 'station_code')).toBeUndefined();
    expect(first(proposal, 'num_docks_available')?.name).toBe('x');
    expect(proposal.confidence).toBe(0);
  });

  test('whose name another one took is proposed anew', () => {
    const at = (column: string) => (after.truth[column] as { index: number }).index;
    const header = [...after.header];
    header[at('num_ebikes_available')] = 'mechanical';
    header[at('num_mechanical_available')] = 'x';
    const mapped = {
      ...after.truth,
      num_mechanical_available: after.truth['num_ebikes_available']!,
      num_ebikes_available: null,
    };
    const proposal = propose({ header, rows: after.rows, mapped, missing: ['num_ebikes_available'], known });
    expect(
      proposal.columns.map(({ column, contradicted, candidates: [best] }) => [
        column,
        contradicted,
        best?.name,
      ]),
    ).toEqual([
      ['num_ebikes_available', null, 'mechanical'],
      ['num_mechanical_available', 'mechanical', 'x'],
    ]);
  });

  test('has only its name to go by when no station is known', () => {
    const nobody: Known = { snapshots: [], names: { num_bikes_available: 'numbikesavailable' } };
    const table = changed(after, {
      ...unchanged,
      renamed: ['num_bikes_available'],
      names: ['nb_bikes_available'],
    });
    const { columns } = propose({ ...table, known: nobody });
    expect(columns[0]!.candidates[0]).toMatchObject({
      name: 'nb_bikes_available',
      reasons: [{ kind: 'name' }],
    });
    expect(columns[0]!.candidates[0]!.confidence).toBeLessThan(0.1);
  });
});

test('1 500 stations and 30 columns take a quarter of a second at most', { skip: !present }, () => {
  const [before, after] = byName['ten days of 2024']![0]!();
  const known = knownOf(before);
  const table = changed(after, {
    ...{ renamed: names, dropped: [], names: ['x'], added: Object.keys(decoys), turn: 0, stations: Infinity },
  });
  const times = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    propose({ ...table, known });
    return process.cpuUsage(start).user / 1000;
  });
  expect(table.header.length).toBeGreaterThanOrEqual(30);
  expect(Math.min(...times)).toBeLessThan(250);
});

test('an assignment is the best there is', () => {
  const best = (weights: readonly (readonly number[])[], taken: readonly number[] = []): number => {
    const [row, ...rest] = weights;
    if (!row) return 0;
    const sums = row.map((weight, field) =>
      weight > 0 && !taken.includes(field) ? weight + best(rest, [...taken, field]) : 0,
    );
    return Math.max(best(rest, taken), ...sums);
  };
  const weight = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }));
  const matrix = fc
    .integer({ min: 1, max: 5 })
    .chain((fields) =>
      fc.array(fc.array(weight, { minLength: fields, maxLength: fields }), { maxLength: 5 }),
    );
  fc.assert(
    fc.property(matrix, (weights) => {
      const fields = assign(weights);
      const used = fields.filter((field) => field !== null);
      expect(new Set(used).size).toBe(used.length);
      expect(
        fields.reduce<number>((sum, field, i) => sum + (field === null ? 0 : weights[i]![field]!), 0),
      ).toBe(best(weights));
    }),
  );
});
