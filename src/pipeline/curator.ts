import { toVelolacError, VelolacError } from '../errors.ts';
import type { ImportReport, MappedBy } from '../lake/journal.ts';
import { DAY, dayOf } from '../lake/names.ts';
import { sourceState } from '../lake/state.ts';
import type { Accepted } from '../silver/mapping.ts';
import { Drift } from './drift.ts';
import { healthOf } from './health.ts';
import { Importer } from './importer.ts';
import { networkError } from '../sources/portal.ts';
import { openChosen, openDownload, openHeld, type Outgoing } from '../lake/outgoing.ts';
import { rewriteInformation } from './information.ts';
import type { Lakehouse } from './lakehouse.ts';
import type {
  BackupReport,
  Health,
  ImportFile,
  Inspection,
  RestoreReport,
  VerifyReport,
} from './protocol.ts';
import { isKept } from './quarantine.ts';
import { rebuild } from './rebuild.ts';
import { Keeper } from './repair/keeper.ts';
import type { Recovered } from './repair/recover.ts';
import type { References } from './references.ts';
import type { Progress, WorkQueue } from './work.ts';

/** Runs work with no tick beside it. */
type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Looks after a lakehouse beside its ticks: imports, mappings for unknown schemas, rebuilds. */
export class Curator {
  readonly drift: Drift;
  readonly keeper: Keeper;
  readonly #importer: Importer;

  constructor(
    private readonly house: Lakehouse,
    private readonly references: References,
    readonly queue: WorkQueue,
    private readonly inTurn: InTurn,
    private readonly now: () => number,
  ) {
    this.#importer = new Importer(house.lake, house.source, references, now);
    this.drift = new Drift(house, this.#importer);
    this.keeper = new Keeper(house, references, inTurn, now);
  }

  health(): Promise<Health> {
    return healthOf(this.house, this.drift);
  }

  async inspect(files: readonly File[]): Promise<Inspection[]> {
    const inspections: Inspection[] = [];
    for (const file of files)
      inspections.push((await this.#asBackup(file)) ?? (await this.#importer.inspect(file)));
    return inspections;
  }

  /** Imports files one after the other. Rejects with `engine.aborted` when it was stopped: what is done stays. */
  import(files: readonly ImportFile[]): Promise<ImportReport[]> {
    return this.queue.run('import', async (progress) => {
      const reports: ImportReport[] = [];
      try {
        for (const [index, { file, fetched_at }] of files.entries()) {
          progress.signal.throwIfAborted();
          const tell = (subject: string, share: number) =>
            progress.tell(subject, (index + share) / files.length);
          tell(file.name, 0);
          const brought = { file, name: file.name, file_date: file.lastModified, fetched_at };
          reports.push(await this.#importer.import(brought, { ...progress, tell }));
        }
      } finally {
        await this.settle();
        this.house.refinery.forget();
      }
      return reports;
    });
  }

  /** Reads all of the lake and repairs it. Rejects with `engine.aborted` when it was stopped. */
  verify(): Promise<VerifyReport> {
    return this.queue.run('verify', (progress) => this.keeper.verify(progress));
  }

  /** Does what a recovery left to do: imports again, and Silver of days that lost theirs. */
  async complete(recovered: Recovered): Promise<void> {
    const { imports, days, whole, versions } = recovered;
    if (imports.length + days.size + whole.size + versions.size === 0) return;
    await this.queue.run('recover', async (progress) => {
      await this.keeper.complete(recovered, progress);
      await this.settle();
    });
  }

  /** Writes the whole lake as one ZIP. Rejects with `backup.no_room`, `lake.*`, and `engine.aborted` when it was stopped. */
  backUp(target: FileSystemFileHandle | null): Promise<BackupReport> {
    const { lake } = this.house;
    const open = (name: string, bytes: number): Promise<Outgoing> => {
      if (target) return openChosen(target);
      return lake.storage.persistent ? openDownload(name, bytes) : Promise.resolve(openHeld(name));
    };
    return this.queue.run('backup', async (progress) => {
      const { backUp } = await import('./backup/backUp.ts');
      return backUp({ lake, now: this.now, inTurn: this.inTurn, open }, progress);
    });
  }

  /** Merges a backup into the lake. Rejects with `backup.foreign`, `lake.*`, and `engine.aborted` when it was stopped. */
  restore(file: File): Promise<RestoreReport> {
    const { house, references, inTurn, now } = this;
    return this.queue.run('restore', async (progress) => {
      const { restore } = await import('./backup/restore.ts');
      return restore({ house, references, inTurn, now }, file, file.name, progress);
    });
  }

  /** Writes Silver anew from Bronze, of a UTC day or all of it. */
  rebuild(day: string | null): Promise<void> {
    return this.queue.run('rebuild', async (progress) => {
      await this.#rebuild(day, progress);
      await this.settle();
    });
  }

  /**
   * Maps a schema: what waits for it in quarantine waits for Silver from now on. Rejects with `silver.mapping` when
   * the mapping is not enough.
   */
  async map(fingerprint: string, columns: Accepted, by: MappedBy): Promise<void> {
    const { lake, source } = this.house;
    await this.drift.verify(fingerprint, columns);
    await lake.append([{ kind: 'mapping', source, fingerprint, columns, by }]);
  }

  /** Leaves out what waits in a schema, or takes it up again: it stays in Bronze. */
  async setAside(fingerprint: string, aside: boolean): Promise<void> {
    const { lake, source } = this.house;
    await lake.append([{ kind: 'aside', source, fingerprint, aside }]);
  }

  /** Replays what came in a schema that was mapped: quarantined imports, or days that were recorded without its columns. */
  async replay(fingerprint: string): Promise<void> {
    const { lake, source } = this.house;
    const { waiting, imports, schemas, without_bronze } = sourceState(lake.state, source);
    const isOf = (one: { readonly fingerprint: string | null }) => one.fingerprint === fingerprint;
    const kept = imports.filter((one) => {
      const { tables } = one.report;
      return isKept(lake.state, one) && tables.some((table) => isOf(table) && table.quarantined > 0);
    });
    const waits = Object.values(waiting).some((one) => one.schema_fingerprint === fingerprint);
    if (waits && kept.length === 0) return;
    await this.queue.run('rebuild', async (progress) => {
      for (const one of kept) await this.#importer.reimport(one, progress);
      const { first, last } = schemas[fingerprint]!;
      if (kept.length === 0 && first !== null && last !== null) {
        for (let at = first; dayOf(at) <= dayOf(last); at += DAY) {
          if (!without_bronze.includes(dayOf(at))) await this.#rebuild(dayOf(at), progress);
        }
      }
      await this.settle();
    });
  }

  /** Decides station versions anew where snapshots came out of the order of time. Gives whether it had to. */
  async settle(signal?: AbortSignal): Promise<boolean> {
    const { lake, source, refinery } = this.house;
    if (!sourceState(lake.state, source).stale) return false;
    await rewriteInformation(lake, source, await this.references.areas(), this.inTurn, signal);
    refinery.forget();
    return true;
  }

  /** What is told of a backup; null for another file. */
  async #asBackup(file: File): Promise<Inspection | null> {
    const { ZipTree } = await import('./backup/zipTree.ts');
    const tree = await ZipTree.open(file).catch((thrown: unknown) => {
      // A file that cannot be read is no backup; the importer says why.
      if (!toVelolacError(thrown).code.startsWith('import.')) throw thrown;
      return null;
    });
    return tree && { name: file.name, bytes: file.size, tables: [], error: null, backup: true };
  }

  async #rebuild(day: string | null, progress: Progress): Promise<void> {
    const { house, references } = this;
    const { lake, source, world } = house;
    const basis = world === 'sample' ? 'poll_column' : 'clock';
    await rebuild({ lake, source, references, importer: this.#importer, basis, day }, progress);
    await rewriteInformation(lake, source, await references.areas(), this.inTurn);
    house.refinery.forget();
  }
}

/** Fetches a file from an address. Rejects with `portal.address`, `portal.unreachable`, `portal.cors`, `portal.refused`. */
export async function fetchFile(address: string): Promise<File> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new VelolacError('portal.address', `no web address: ${address}`, { portal: address });
  }
  const { host } = url;
  let response: Response | null = null;
  try {
    response = await fetch(url);
    if (response.ok) return await fileOf(response, url);
  } catch (thrown) {
    throw thrown instanceof TypeError ? await networkError(url, response, thrown) : thrown;
  }
  const { status, statusText } = response;
  throw new VelolacError('portal.refused', `HTTP ${status}`, { host, status, message: statusText });
}

async function fileOf(response: Response, { host, pathname }: URL): Promise<File> {
  const name = decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1)) || host;
  const modified = Date.parse(response.headers.get('Last-Modified') ?? '');
  return new File([await response.blob()], name, Number.isNaN(modified) ? {} : { lastModified: modified });
}
