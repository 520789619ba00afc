import type { DriftEntry, Excerpt, Recorder, SchemaEntry } from '../../pipeline/protocol.ts';

export type Proposal = DriftEntry['proposal'];
export type ColumnProposal = Proposal['columns'][number];
export type Candidate = ColumnProposal['candidates'][number];
type Places = Parameters<Recorder['acceptMapping']>[1];

/** Columns of the contract that count something, and so may be told as a sum. */
const counts: readonly ColumnProposal['column'][] = [
  ...(['num_bikes_available', 'num_mechanical_available', 'num_ebikes_available'] as const),
  ...(['num_docks_available', 'capacity'] as const),
];

/**
 * An entry whose columns have all other columns of the source as candidates, too, and counts the sums of two of them,
 * after the likely ones and without a reason: the visitor may know what no value tells.
 */
export function withOthers(entry: DriftEntry): DriftEntry {
  const { proposal, after } = entry;
  const sums = sumsOf(after);
  const single = after.header.map((name, index) => unlikely({ kind: 'column', index }, name));
  const columns = proposal.columns.map((column) => {
    const known = new Set(column.candidates.map(placeKey));
    const others = counts.includes(column.column) ? [...single, ...sums] : single;
    return {
      ...column,
      candidates: [...column.candidates, ...others.filter((candidate) => !known.has(placeKey(candidate)))],
    };
  });
  return { ...entry, proposal: { ...proposal, columns } };
}

/** The sums of two columns that hold counts, as far as the rows show. */
function sumsOf({ header, rows }: Excerpt): Candidate[] {
  const counting = [...header.keys()].filter((index) => {
    const texts = rows.flatMap((row) => row[index] ?? []);
    return texts.length > 0 && texts.every((text) => /^\d{1,3}(?:\.0+)?$/.test(text));
  });
  return counting.flatMap((a, at) =>
    counting
      .slice(at + 1)
      .map((b) => unlikely({ kind: 'sum', indexes: [a, b] }, `${header[a]} + ${header[b]}`)),
  );
}

function unlikely(place: Candidate['place'], name: string): Candidate {
  return { place, name, confidence: 0, reasons: [] };
}

/** Whether anything speaks for a candidate: not what is told as 0%. */
export function isLikely({ reasons, confidence }: Candidate): boolean {
  return reasons.length > 0 && confidence >= 0.005;
}

/** Which candidate is chosen for each missing column, by its index; null for none. */
export type Picks = Readonly<Record<string, number | null>>;

/** From this confidence on, an optional column is proposed rather than left out. */
const likely = 0.5;
/** From this likeness on, a name says something where values cannot. */
const telling = 0.5;

/** Missing columns, those together that no value can tell apart. */
export function groupColumns(columns: readonly ColumnProposal[]): ColumnProposal[][] {
  const groups: ColumnProposal[][] = [];
  for (const column of columns) {
    const group = groups.find((others) => others.some((other) => isAmbiguous(column, other)));
    if (group === undefined) groups.push([column]);
    else group.push(column);
  }
  return groups;
}

function isAmbiguous(a: ColumnProposal, b: ColumnProposal): boolean {
  return a.ambiguous_with.includes(b.column) || b.ambiguous_with.includes(a.column);
}

/** What is proposed at first. A column that values cannot tell from another is left to the visitor, unless its name hints. */
export function firstPicks(columns: readonly ColumnProposal[]): Picks {
  const taken = new Set<string>();
  return Object.fromEntries(
    columns.map(({ column, candidates, required, ambiguous_with }) => {
      const index = candidates.findIndex((candidate) => !taken.has(placeKey(candidate)));
      const candidate = candidates[index];
      if (candidate === undefined) return [column, null];
      const sure =
        ambiguous_with.length > 0
          ? hints(candidate)
          : (required && isLikely(candidate)) || candidate.confidence >= likely;
      if (sure) taken.add(placeKey(candidate));
      return [column, sure ? index : null];
    }),
  );
}

/** What speaks most for a candidate comes first: names may mislead, and many columns are of one kind. */
const telltale = ['agreement', 'sum', 'name', 'range', 'type'] as const;

/** The reasons of a candidate that hold for most stations, the most telling first. */
export function strongReasons(reasons: Candidate['reasons']): Candidate['reasons'] {
  const strong = reasons.filter(({ score }) => score >= telling);
  return strong.toSorted((a, b) => telltale.indexOf(a.kind) - telltale.indexOf(b.kind));
}

function hints({ reasons }: Candidate): boolean {
  return reasons.some(({ kind, score }) => kind === 'name' && score >= telling);
}

/** Why picks cannot be accepted: a needed column without a pick yet, or the name of a column picked twice. */
export type Obstacle =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'twice'; readonly name: string }
  | { readonly kind: 'nothing' };

export function obstacleOf(columns: readonly ColumnProposal[], picks: Picks): Obstacle | null {
  const picked = columns.flatMap((one) => pickedFor(one, picks) ?? []);
  const twice = picked.find((one, index) => picked.findIndex((other) => samePlace(one, other)) < index);
  if (twice !== undefined) return { kind: 'twice', name: twice.name };
  if (columns.some((one) => one.required && pickedFor(one, picks) === null)) return { kind: 'incomplete' };
  return picked.length === 0 ? { kind: 'nothing' } : null;
}

/** The candidate picked for a column, or null. */
export function pickedFor({ column, candidates }: ColumnProposal, picks: Picks): Candidate | null {
  const index = picks[column] ?? null;
  return index === null ? null : (candidates[index] ?? null);
}

/** The picks as the recorder takes them; null for none where a name holds another column's values. */
export function toPlaces(columns: readonly ColumnProposal[], picks: Picks): Places {
  const told = columns.map((one) => [one, pickedFor(one, picks)] as const);
  return Object.fromEntries(
    told
      .filter(([{ contradicted }, picked]) => picked !== null || contradicted !== null)
      .map(([{ column }, picked]) => [column, picked?.place ?? null]),
  );
}

function placeKey({ place }: Candidate): string {
  return JSON.stringify(place);
}

function samePlace(a: Candidate, b: Candidate): boolean {
  return placeKey(a) === placeKey(b);
}

/** The columns of a table that a candidate reads. */
export function indexesOf({ place }: Candidate): readonly number[] {
  return place.kind === 'sum' ? place.indexes : [place.index];
}

/** An excerpt's columns in another order: those that name the station, then the marked ones, then the rest. */
export function arrange(
  { header }: Excerpt,
  station: readonly number[],
  marked: readonly number[],
): number[] {
  const first = [...station, ...marked].filter((index) => index < header.length);
  return [...new Set([...first, ...header.keys()])];
}

/** Where a header of the contract's own names holds its columns, by index. */
export function ownPlaces(header: readonly string[]): ReadonlyMap<string, readonly number[]> {
  return new Map(header.map((column, index) => [column, [index]]));
}

/** Where a header that a schema has mapped holds the contract's columns, by index. */
export function placesIn(
  header: readonly string[],
  schemas: readonly SchemaEntry[],
): ReadonlyMap<string, readonly number[]> {
  const schema = schemas.findLast(
    (one) => one.header.length === header.length && one.header.every((name, index) => name === header[index]),
  );
  return new Map(
    (schema?.mapped ?? []).map(({ column, from }) => [
      column,
      from === null ? [] : indexesOfName(from, header),
    ]),
  );
}

/** A source's name may be of a column, of what is inside it (`a.key`), or of a sum (`a + b`). */
function indexesOfName(from: string, header: readonly string[]): number[] {
  const whole = header.indexOf(from);
  if (whole >= 0) return [whole];
  const names = from.split(' + ');
  return [...header.keys()].filter((index) =>
    names.some((name) => name === header[index] || name.startsWith(`${header[index]}.`)),
  );
}
