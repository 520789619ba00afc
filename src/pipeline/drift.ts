import { bind } from '../engine/sql.ts';
import { VelolacError } from '../errors.ts';
import { sourceState, type SchemaState, type SourceState } from '../lake/state.ts';
import { contract, type ColumnName } from '../silver/contract.ts';
import knownSql from '../silver/known.sql?raw';
import { lackingIn, tryMapTable, type Accepted } from '../silver/mapping.ts';
import { AUTOMATIC_FROM, propose, type Known, type Proposal } from '../silver/proposal.ts';
import { viewSilver } from '../silver/rows.ts';
import { Cases, type Case } from './cases.ts';
import type { Importer } from './importer.ts';
import type { Lakehouse } from './lakehouse.ts';
import { acceptedFor } from './meaning.ts';
import type { AsideEntry, DriftEntry, Excerpt } from './protocol.ts';
import { placeName } from './schema.ts';
import { goodSnapshots } from './status.ts';

type Values = Known['snapshots'][number] extends ReadonlyMap<string, infer V> ? V : never;

type Told = Pick<DriftEntry, 'proposal' | 'asNamed' | 'before' | 'after' | 'isSame'>;

/** How many of the last good snapshots a proposal is compared with, and how many rows are shown. */
const COMPARED = 2;
const SHOWN = 5;

/** Below this nobody needs to be asked whether a column that is not required has another name now. */
const WORTH_ASKING = 0.5;

/** Finds what the columns that went missing are called now, and takes the user's word for it. */
export class Drift {
  /** What was last found out of each schema, by fingerprint, and what it was made of. */
  readonly #told = new Map<string, { readonly of: string; readonly told: Promise<Told> }>();
  readonly #cases: Cases;

  constructor(
    private readonly house: Lakehouse,
    importer: Importer,
  ) {
    this.#cases = new Cases(house, importer);
  }

  /** Schemas whose snapshots are in quarantine, and recorded ones in which columns went missing that are likely there. */
  async entries(): Promise<DriftEntry[]> {
    const entries: DriftEntry[] = [];
    for (const one of this.#cases.all().filter((found) => !this.#isAside(found))) {
      // Of a recorded one, Bronze may be gone: then there is nothing to ask.
      const entry = await this.#entry(one).catch((thrown: unknown) => {
        if (one.quarantined) throw thrown;
        return null;
      });
      const isWorthIt = entry?.proposal.columns.some(
        ({ candidates: [best] }) => (best?.confidence ?? 0) >= WORTH_ASKING,
      );
      if (entry && (one.quarantined || isWorthIt)) entries.push(entry);
    }
    return entries;
  }

  /** What the user has set aside. */
  aside(): AsideEntry[] {
    return this.#cases
      .all()
      .filter((one) => this.#isAside(one))
      .map(({ fingerprint, snapshots, rows, first, last }) => ({
        fingerprint,
        snapshots,
        rows,
        first,
        last,
      }));
  }

  /** Columns of a schema in quarantine that may be mapped without asking; null where one of them is not sure enough. */
  async sure(fingerprint: string): Promise<Accepted | null> {
    const found = this.#cases.all().find((one) => one.fingerprint === fingerprint);
    if (!found?.quarantined) return null;
    const { proposal } = await this.#entry(found);
    if (proposal.confidence < AUTOMATIC_FROM) return null;
    const isSure = ({ candidates: [best], ambiguous_with }: Proposal['columns'][number]) =>
      best !== undefined && best.confidence >= AUTOMATIC_FROM && ambiguous_with.length === 0;
    const misnamed = this.#misnamed(fingerprint);
    if (proposal.columns.some((one) => misnamed.includes(one.column) && !isSure(one))) return null;
    return Object.fromEntries(
      proposal.columns.filter(isSure).map(({ column, candidates }) => [column, candidates[0]!.place]),
    );
  }

  /** Whether a mapping is enough for a schema. Rejects with `silver.mapping` when a required column is still gone. */
  async verify(fingerprint: string, columns: Accepted): Promise<void> {
    const one = this.#cases.all().find((candidate) => candidate.fingerprint === fingerprint);
    if (!one) throw new VelolacError('silver.mapping', `nothing waits for schema ${fingerprint}`);
    const { missing: gone } = mapCase(one, await one.sample(), {
      ...this.#accepted(fingerprint),
      ...columns,
    });
    const missing = [...gone, ...this.#misnamed(fingerprint).filter((name) => !(name in columns))];
    if (missing.length === 0) return;
    const names = missing.join(', ');
    throw new VelolacError('silver.mapping', `no column maps to ${names}`, { columns: names });
  }

  get #state(): SourceState {
    return sourceState(this.house.lake.state, this.house.source);
  }

  #accepted(fingerprint: string): Accepted {
    return acceptedFor(this.#state.schemas, fingerprint);
  }

  /** Columns whose names hold other columns' values in a schema, as its first snapshot told. */
  #misnamed(fingerprint: string): ColumnName[] {
    const { contradicts, missing = [] } = this.#state.schemas[fingerprint] ?? {};
    return contract.flatMap(({ name }) =>
      contradicts !== undefined && missing.includes(name) ? [name] : [],
    );
  }

  #isAside({ fingerprint }: Case): boolean {
    return this.#state.schemas[fingerprint]?.aside === true;
  }

  /** Nothing is compared twice: not while the rows, the good snapshots beside them and what was accepted are the same. */
  async #entry({ sample, from, ...one }: Case): Promise<DriftEntry> {
    const accepted = this.#accepted(one.fingerprint);
    const beside = this.#beside(one.first);
    const of = JSON.stringify([from, beside, accepted]);
    const before = this.#told.get(one.fingerprint);
    const told = before?.of === of ? before.told : this.#compare(sample, one, beside, accepted);
    this.#told.set(one.fingerprint, { of, told });
    try {
      return { ...one, ...(await told) };
    } catch (thrown) {
      this.#told.delete(one.fingerprint);
      throw thrown;
    }
  }

  async #compare(
    sample: Case['sample'],
    one: Pick<Case, 'fingerprint' | 'first' | 'snapshots'>,
    beside: readonly number[],
    accepted: Accepted,
  ): Promise<Told> {
    const { header, rows } = await sample();
    const { mapping, missing: needed } = mapCase(one, { header, rows }, accepted);
    const known = { snapshots: await this.#known(beside), names: this.#names(one.first) };
    const said = (column: ColumnName) =>
      known.snapshots.some((stations) => [...stations.values()].some((values) => values[column] != null));
    const misnamed = this.#misnamed(one.fingerprint);
    const missing = contract
      .filter(({ name, required }) => {
        if (misnamed.includes(name)) return true;
        return required ? needed.includes(name) : mapping.columns[name] === null && said(name);
      })
      .map(({ name }) => name);
    const proposal = propose({ header, rows, mapped: mapping.columns, missing, known });
    const codes = [...(known.snapshots[0]?.keys() ?? [])];
    const same = pick(rows, codes);
    const after = { header, rows: same.length > 0 ? same : rows.slice(0, SHOWN) };
    const asNamed = Object.fromEntries(misnamed.map((name) => [name, mapping.columns[name]]));
    return { proposal, asNamed, before: excerptOf(known), after, isSame: same.length > 0 };
  }

  /** The last good snapshots before an instant, the newest first, or the first ones after it. */
  #beside(before: number): number[] {
    const instants = goodSnapshots(this.house.lake, this.house.source).map(([at]) => at);
    const earlier = instants.filter((at) => at < before);
    return earlier.length > 0 ? earlier.slice(-COMPARED).reverse() : instants.slice(0, COMPARED);
  }

  /** What stations said in snapshots. */
  async #known(chosen: readonly number[]): Promise<Known['snapshots']> {
    const { lake, source, engine } = this.house;
    const snapshots: Map<string, Values>[] = [];
    for (const at of chosen) {
      const status = lake
        .entries('station_status', source)
        .filter(({ from, to }) => from! <= at && to! >= at);
      const files = {
        station_status: status.map(({ path }) => path),
        station_attributes: lake.entries('station_attributes', source).map(({ path }) => path),
      };
      const ask = async () => {
        await viewSilver(engine, files);
        return engine.query<Values & { readonly station_code: string }>(bind(knownSql, { at: new Date(at) }));
      };
      const rows = await engine.use(async () => {
        await engine.registerAll(Object.values(files).flat(), (path) => lake.read(path));
        return engine.exclusive(ask);
      });
      snapshots.push(new Map(rows.map((row) => [row.station_code, row])));
    }
    return snapshots;
  }

  /** What the schema before an instant called the columns. */
  #names(before: number): Known['names'] {
    const [latest] = Object.values(this.#state.schemas)
      .filter(({ first, missing }) => first !== null && first < before && missing.length === 0)
      .sort((a, b) => b.last! - a.last!);
    const names = { ...latest?.mapped, ...acceptedNames(latest) };
    return Object.fromEntries(
      Object.entries(names).flatMap(([column, name]) => (name ? [[column, name]] : [])),
    );
  }
}

function acceptedNames(schema: SchemaState | undefined): Record<string, string> {
  const places = Object.entries((schema?.accepted?.columns ?? {}) as Accepted);
  return Object.fromEntries(
    places.flatMap(([column, place]) => (place ? [[column, placeName(schema!.header, place)]] : [])),
  );
}

/** The mapping of a case, and the required columns that it lacks: a recorded snapshot never goes by names. */
function mapCase({ snapshots }: Pick<Case, 'snapshots'>, { header, rows }: Excerpt, accepted: Accepted) {
  const { mapping, missing } = tryMapTable(header, rows, accepted);
  return { mapping, missing: snapshots > 0 ? lackingIn(mapping.columns) : missing };
}

/** A few stations as Silver knows them. */
function excerptOf({ snapshots: [newest] }: Known): Excerpt | null {
  if (!newest || newest.size === 0) return null;
  const header = contract.map(({ name }) => name);
  const text = (value: string | number | boolean | null | undefined, kind: string) =>
    value == null ? null : kind === 'time' ? new Date(Number(value)).toISOString() : String(value);
  const rows = [...newest.values()].slice(0, SHOWN);
  return { header, rows: rows.map((values) => contract.map(({ name, kind }) => text(values[name], kind))) };
}

/** The rows of a few stations, where a row tells which. */
function pick(rows: Excerpt['rows'], codes: readonly string[]): Excerpt['rows'] {
  return codes.slice(0, SHOWN).flatMap((code) => {
    const row = rows.find((one) => one.includes(code));
    return row ? [row] : [];
  });
}
