import { Engine } from '../engine/engine.ts';
import { toVelolacError, VelolacError } from '../errors.ts';
import type { Answers, Selection } from '../gold/answers.ts';
import { ask, askParquet, type Inputs } from '../gold/ask.ts';
import type { GoldQuestion } from '../gold/questions.ts';
import type { Reports } from '../gold/reports.ts';
import type { FileEntry } from '../lake/journal.ts';
import { Lake } from '../lake/lake.ts';
import { MemoryStorage } from '../lake/memory.ts';
import { HOUR, instantOf, partPath, sha256 } from '../lake/names.ts';
import { OpfsStorage } from '../lake/opfs.ts';
import { sourceState } from '../lake/state.ts';
import type { Storage } from '../lake/storage.ts';
import { unpackHour } from '../bronze/archive.ts';
import { bronzeHours } from './bronze.ts';
import { History } from './history.ts';
import { LastGood } from './lastGood.ts';
import type { LakeFileRow, World } from './protocol.ts';
import { Refinery, type SilverReferences } from './refine.ts';
import { retrying } from './retrying.ts';
import { isFull } from './room.ts';
import { choose } from './rollup.ts';
import { restage, type Staged } from './stage.ts';
import { dayOfFile, fileRow, goodSnapshots } from './status.ts';

/** The Gold files that are kept for the newest snapshot, beside its answers as JSON. */
const keptQuestions = [
  'top_areas',
  'station_balance',
  'system_health',
] as const satisfies readonly GoldQuestion[];

/** One world's lake, one source in it, and the engine that answers from it. */
export class Lakehouse {
  readonly engine = new Engine();
  readonly refinery: Refinery;
  readonly history: History;
  readonly lastGood: LastGood;

  private constructor(
    readonly lake: Lake,
    readonly world: World,
    readonly source: string,
    references: SilverReferences,
  ) {
    this.refinery = new Refinery(lake, this.engine, source, references);
    this.history = new History(lake, source, this.engine);
    this.lastGood = new LastGood(lake, source);
  }

  /** Opens a world's lake: in the browser's file system, or in memory where it grants none. */
  static async open(
    world: World,
    source: string,
    references: SilverReferences,
    now: () => number,
  ): Promise<Lakehouse> {
    const lake = await Lake.open(await openStorage(world), now);
    return new Lakehouse(lake, world, source, references);
  }

  get newest() {
    return sourceState(this.lake.state, this.source).newest;
  }

  /**
   * Snapshots whose Silver was not written, an hour at a time: the page was closed or the engine died between the
   * two, or their schema was not mapped.
   */
  async *waiting(except: readonly Staged[] = []): AsyncGenerator<Staged[]> {
    const { lake, source } = this;
    const known = new Set(except.map(({ snapshot }) => snapshot.bronze_path));
    const state = sourceState(lake.state, source);
    const behind = new Map(Object.entries(state.waiting).filter(([path]) => !known.has(path)));
    const hours = new Set(Array.from(behind.values(), ({ fetched_at }) => Math.floor(fetched_at / HOUR)));
    if (hours.size === 0) return;
    for await (const csvs of bronzeHours(lake, source, (hour) => hours.has(hour))) {
      const staged = csvs.flatMap(({ path, csv }) => {
        const snapshot = behind.get(path);
        return (snapshot && restage(state, snapshot, csv)) ?? [];
      });
      if (staged.length > 0) yield staged;
    }
  }

  /** Answers a selection, of a moment before the first good snapshot as of that one. Rejects with `lake.no_snapshot`. */
  async answer(selection: Selection): Promise<Answers> {
    return this.#read(selection, (inputs) => ask(this.engine, selection, inputs));
  }

  /** One answer's rows as Parquet. */
  async exportAnswer(question: GoldQuestion, selection: Selection): Promise<Uint8Array<ArrayBuffer>> {
    const [bytes] = await this.#read(selection, (inputs) => askParquet(this.engine, [question], inputs));
    return bytes!;
  }

  /** The answers about the newest snapshot, as they were kept; null when there are none that can be read. */
  async keptAnswers(): Promise<Answers | null> {
    const [entry] = this.lake.entries('answers', this.source);
    if (!entry) return null;
    try {
      return JSON.parse(new TextDecoder().decode(await this.lake.readSound(entry.path))) as Answers;
    } catch (thrown) {
      const { code } = toVelolacError(thrown);
      if (code === 'lake.damaged' || code === 'lake.missing_file') return null;
      throw thrown;
    }
  }

  /** Keeps the answers about the newest snapshot: as JSON for the next opening, and as Parquet. */
  async keep(answers: Answers): Promise<FileEntry[]> {
    const { lake, source } = this;
    const old = ['answers', ...keptQuestions].flatMap((table) =>
      lake.entries(table, source).map(({ path }) => path),
    );
    const files = [
      await this.#keepFile(
        'answers',
        'json',
        new TextEncoder().encode(JSON.stringify(answers)),
        answers,
        null,
      ),
    ];
    const counts = { top_areas: answers.areas.quartier.length, station_balance: 1, system_health: 1 };
    // Of the same snapshot, though a newer one may have come in.
    const parquet = await this.#read({ kind: 'instant', at: answers.to }, (inputs) =>
      askParquet(this.engine, keptQuestions, inputs),
    );
    for (const [index, question] of keptQuestions.entries()) {
      const bytes = parquet[index]!;
      files.push(await this.#keepFile(question, 'parquet', bytes, answers, counts[question]));
    }
    const replaces = old.filter((path) => !files.some((file) => file.path === path));
    await lake.append([{ kind: 'commit', source, files, replaces }]);
    await lake.sweep(replaces);
    return files;
  }

  #keepFile(table: string, extension: string, bytes: Uint8Array, { from, to }: Answers, rows: number | null) {
    const path = partPath('gold', table, this.source, to, 'part', sha256(bytes)).replace(
      /parquet$/,
      extension,
    );
    const { source } = this;
    return this.lake.put(
      { path, layer: 'gold', table, source, rows, snapshots: 1, from, to, csv_bytes: 0 },
      bytes,
    );
  }

  /** Every file of the source, and the journal: that of all sources, which no day takes with it. */
  async files(): Promise<LakeFileRow[]> {
    const own = Object.values(this.lake.state.files).filter(({ source }) => source === this.source);
    const journal = (await this.lake.journalFiles()).map(({ path, bytes }): LakeFileRow => {
      return { path, layer: 'journal', bytes, rows: null, snapshots: null, from: null, to: null, day: null };
    });
    return [...own.map(fileRow), ...journal].sort((a, b) => a.path.localeCompare(b.path));
  }

  /** The CSVs inside an hour's ZIP; `download` takes their paths (`…/16.zip/<name>`). */
  async members(path: string): Promise<LakeFileRow[]> {
    const entry = this.lake.state.files[path];
    if (!entry) throw new VelolacError('lake.missing_file', `no file ${path}`, { path });
    return unpackHour(await this.lake.read(path)).map(({ name, bytes }) => {
      const at = instantOf(name);
      return {
        ...fileRow(entry),
        path: `${path}/${name}`,
        bytes: bytes.length,
        rows: null,
        snapshots: 1,
        from: at,
        to: at,
      };
    });
  }

  /** A file's bytes; a member of a ZIP is named by its path inside. */
  async download(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const inside = /^(.+\.zip)\/(.+)$/.exec(path);
    if (!inside) return this.lake.read(path);
    const [member] = unpackHour(await this.lake.read(inside[1]!), inside[2]);
    if (!member) throw new VelolacError('lake.missing_file', `no file ${path}`, { path });
    return member.bytes;
  }

  /** Drops all files of a UTC day and what was made of them. */
  async deleteDay(day: string): Promise<void> {
    const { lake, source } = this;
    const ofDay = Object.values(lake.state.files).filter(
      (file) => file.source === source && dayOfFile(file) === day,
    );
    const paths = ofDay.map(({ path }) => path);
    const drop = () => lake.append([{ kind: 'drop', source, day, paths, reason: 'user' }]);
    await drop().catch(async (thrown: unknown) => {
      if (!isFull(toVelolacError(thrown))) throw thrown;
      // What goes anyway makes room to tell of it; Bronze stays until that is told.
      await lake.vacate(ofDay.filter(({ layer }) => layer !== 'bronze').map(({ path }) => path));
      await drop();
    });
    await lake.sweep(paths);
  }

  /** Removes everything: files, journal and checkpoints. */
  async deleteAll(): Promise<void> {
    await this.lake.clear();
    this.refinery.forget();
  }

  /** Reads a span of Silver (milliseconds since the epoch, both ends included), whose files are then registered. */
  reports<T>(from: number, to: number, work: (reports: Reports) => Promise<T>): Promise<T> {
    const { lake, source, engine } = this;
    return retrying(lake, engine, async () => {
      const status = lake.entries('station_status', source);
      const station_status = status
        .filter((file) => file.from! <= to && file.to! >= from)
        .map(({ path }) => path);
      const station_information = lake.entries('station_information', source).map(({ path }) => path);
      await engine.registerAll([...station_status, ...station_information], (path) => lake.read(path));
      return work({ station_status, station_information, from, to });
    });
  }

  #read<T>(selection: Selection, work: (inputs: Inputs) => Promise<T>): Promise<T> {
    return retrying(this.lake, this.engine, async () => {
      const inputs = await this.#inputs(selection);
      return work(inputs).catch(async (thrown: unknown) => {
        throw toVelolacError(thrown).code === 'engine.query' ? await this.#causeOf(thrown, inputs) : thrown;
      });
    });
  }

  /** Why the engine could not answer: a damaged file, if one is (`lake.damaged`), else what it said. */
  async #causeOf(
    thrown: unknown,
    { station_status, station_day, station_information }: Inputs,
  ): Promise<unknown> {
    for (const path of [...station_status, ...station_day, ...station_information]) {
      const damage = await this.lake.readSound(path).then(() => null, toVelolacError);
      if (damage) return damage;
    }
    return thrown;
  }

  async #inputs(selection: Selection): Promise<Inputs> {
    const { lake, source, engine } = this;
    const { from, to } = this.#span(selection);
    const instants = goodSnapshots(lake, source, from, to).map(([at]) => at);
    const chosen = choose(lake, source, from, to);
    const station_status = chosen.station_status.map(({ path }) => path);
    const station_day = chosen.station_day.map(({ path }) => path);
    if (station_status.length + station_day.length === 0) {
      throw new VelolacError('lake.no_snapshot', 'no snapshot in this span');
    }
    const station_information = lake.entries('station_information', source).map(({ path }) => path);
    const paths = [...station_status, ...station_day, ...station_information];
    await engine.registerAll(paths, (path) => lake.read(path));
    return { station_status, station_day, station_information, instants, from, to };
  }

  #span(selection: Selection): { from: number; to: number } {
    if (selection.kind === 'range') return selection;
    const at = selection.kind === 'newest' ? this.newest?.fetched_at : this.#standing(selection.at);
    if (at === undefined) throw new VelolacError('lake.no_snapshot', 'no snapshot yet');
    return { from: at, to: at };
  }

  /** The snapshot that stands for a moment: the newest of then, or the first. */
  #standing(at: number): number | undefined {
    const { lake, source } = this;
    const [brief] = goodSnapshots(lake, source, -Infinity, at).slice(-1);
    return (brief ?? goodSnapshots(lake, source)[0])?.[0];
  }
}

async function openStorage(world: World): Promise<Storage> {
  try {
    return await OpfsStorage.open(`velolac/${world}`);
  } catch (thrown) {
    if (toVelolacError(thrown).code !== 'lake.unavailable') throw thrown;
    return new MemoryStorage();
  }
}
