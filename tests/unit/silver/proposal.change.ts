import { valueOf, type Cell } from '../../../src/silver/agreement.ts';
import { contract } from '../../../src/silver/contract.ts';
import { fieldAt } from '../../../src/silver/fields.ts';
import type { Known } from '../../../src/silver/proposal.ts';
import type { Poll } from './proposal.data.ts';

export const names = contract.map(({ name }) => name);

/** What Silver would hold of a poll. */
export function knownOf({ header, rows, truth }: Poll): Known {
  const texts = Object.entries(truth).map(([name, place]) => {
    const { kind } = contract.find((column) => column.name === name)!;
    const { texts } = fieldAt(place, header, rows);
    return [name, texts.map((text): Cell => (kind === 'text' ? text : valueOf(text, kind)))] as const;
  });
  const codes = texts.find(([name]) => name === 'station_code')![1];
  const snapshot = new Map(
    codes.flatMap((code, row) =>
      code === null
        ? []
        : [[String(code), Object.fromEntries(texts.map(([name, cells]) => [name, cells[row] ?? null]))]],
    ),
  );
  const names = Object.fromEntries(
    Object.entries(truth).map(([column, place]) => [column, fieldAt(place, header, []).name]),
  );
  return { snapshots: [snapshot], names };
}

export const translated = [
  'free_bikes',
  'Fahrräder',
  'plazas libres',
  'estación',
  '自行车',
  'bicicletas',
  'abierta',
  'zuletzt',
];
export const meaningless = ['x', '', 'c7', 'value', 'Unnamed: 3', 'a"; DROP TABLE x; --', 'field_12'];
export const misleading = contract.flatMap(({ name, aliases }) => [
  `${name}2`,
  `${aliases[0] ?? name}_`,
  `old_${name}`,
]);

/** Columns that hold nothing of the contract, made of the poll's own rows. */
export const decoys: Record<
  string,
  (poll: Poll, at: (column: string) => readonly (string | null)[]) => (string | null)[]
> = {
  index: ({ rows }) => rows.map((_, i) => String(i)),
  weather: ({ rows }) => rows.map(() => '19'),
  random: ({ rows }) => rows.map((_, i) => String((i * 7919) % 31)),
  flags: ({ rows }) => rows.map((_, i) => ((i * 7919) % 31 ? 'OUI' : 'NON')),
  constant: ({ rows }) => rows.map(() => 'OUI'),
  poll: ({ rows }) => rows.map(() => '2026-11-23T12:00:00Z'),
  nothing: ({ rows }) => rows.map(() => null),
  id: ({ rows }) => rows.map((_, i) => String(213_688_169 + i * 4001)),
  Tx_Disp_Velos: (_, at) => ratio(at('num_bikes_available'), at('capacity')),
  Tx_Disp_Bornette: (_, at) => ratio(at('num_docks_available'), at('capacity')),
  copy_of_capacity: (_, at) => [...at('capacity')],
  copy_of_bikes: (_, at) => [...at('num_bikes_available')],
  copy_of_mechanical: (_, at) => [...at('num_mechanical_available')],
  copy_of_flag: (_, at) => [...at('is_renting')],
  capacity_less_docks: (_, at) => difference(at('capacity'), at('num_docks_available')),
  capacity_less_bikes: (_, at) => difference(at('capacity'), at('num_bikes_available')),
  other_stations_bikes: (_, at) => [...at('num_bikes_available')].reverse(),
};

function difference(a: readonly (string | null)[], b: readonly (string | null)[]): (string | null)[] {
  return a.map((value, i) => (value === null ? null : String(Math.max(0, Number(value) - Number(b[i])))));
}

function ratio(part: readonly (string | null)[], whole: readonly (string | null)[]): (string | null)[] {
  return part.map((value, i) =>
    value === null || !Number(whole[i]) ? null : String(Math.round((100 * Number(value)) / Number(whole[i]))),
  );
}

export interface Change {
  readonly renamed: readonly string[];
  readonly dropped: readonly string[];
  readonly names: readonly string[];
  readonly added: readonly string[];
  /** Turns the order of columns and rows. */
  readonly turn: number;
  readonly stations: number;
}

/** A poll under a changed header, what it told, what its missing columns really are called; null where they are gone. */
export function changed(poll: Poll, change: Change) {
  const columns = names.filter((name) => poll.truth[name]);
  const indexOf = (column: string) => {
    const place = poll.truth[column];
    return place && place.kind !== 'sum' ? place.index : -1;
  };
  const dropped = new Set(change.dropped.map(indexOf));
  const renamed = new Set(change.renamed.map(indexOf));
  const at = (column: string) => {
    const place = poll.truth[column];
    return place ? fieldAt(place, poll.header, poll.rows).texts : poll.rows.map(() => null);
  };
  const old = poll.header.map((name, index) => ({
    name: renamed.has(index) ? change.names[index % change.names.length]! : name,
    texts: poll.rows.map((row) => row[index] ?? null),
    index,
  }));
  /** What is computed from another column stands beside it. */
  const derived: Record<string, string> = {
    capacity_less_docks: 'num_docks_available',
    capacity_less_bikes: 'num_bikes_available',
  };
  const added = change.added.filter((name) => !change.dropped.includes(derived[name] ?? ''));
  const extra = added.map((name) => ({ name, texts: decoys[name]!(poll, at), index: -1 }));
  const kept = [...old.filter(({ index }) => !dropped.has(index)), ...extra];
  const order = turned(kept, change.turn);
  const rows = turned([...poll.rows.keys()], change.turn)
    .slice(0, change.stations)
    .map((row) => order.map(({ texts }) => texts[row] ?? null));
  const truth = Object.fromEntries(
    columns.map((column) => {
      const index = order.findIndex((field) => field.index === indexOf(column));
      return [column, index < 0 ? null : { ...poll.truth[column]!, index }];
    }),
  );
  const missing = columns.filter((column) => renamed.has(indexOf(column)) || dropped.has(indexOf(column)));
  const mapped = Object.fromEntries(
    columns.map((column) => [column, missing.includes(column) ? null : truth[column]!]),
  );
  const told = Object.fromEntries(
    columns.map((column) => {
      const texts = at(column);
      return [
        column,
        turned([...poll.rows.keys()], change.turn)
          .slice(0, change.stations)
          .map((row) => texts[row] ?? null),
      ];
    }),
  );
  return { header: order.map(({ name }) => name), rows, mapped, missing, truth, told };
}

function turned<T>(values: readonly T[], by: number): T[] {
  const from = by % Math.max(1, values.length);
  const turn = [...values.slice(from), ...values.slice(0, from)];
  return by % 2 ? turn.reverse() : turn;
}
