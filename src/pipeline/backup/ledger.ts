import type { SnapshotBrief } from '../../lake/journal.ts';
import type { Lake } from '../../lake/lake.ts';
import { sourceState, type LakeState } from '../../lake/state.ts';
import { covers } from '../attempts.ts';
import type { LostFile } from '../protocol.ts';
import { isKept } from '../quarantine.ts';
import { signOf, type Contents } from './contents.ts';
import type { HourMerge } from './hour.ts';
import type { Missed } from './loss.ts';

/** The account of one source while a backup is merged: what was here, what came as Bronze, what could not be taken. */
export class Ledger {
  readonly missed: Missed[] = [];
  readonly #conflicts: LostFile[] = [];
  /** Instants of the snapshots in sound Bronze of the backup. */
  readonly #held = new Set<number>();
  /** Instants of the snapshots that the lake had. */
  readonly #before: ReadonlySet<number>;

  constructor(
    private readonly lake: Lake,
    private readonly contents: Contents,
    readonly source: string,
  ) {
    this.#before = instantsIn(lake.state, source);
  }

  enter({ held, missed, conflicts }: HourMerge): void {
    for (const at of held) this.#held.add(at);
    this.missed.push(...missed);
    this.#conflicts.push(...conflicts);
  }

  /** Snapshots of a UTC day that had Silver, and came neither as Bronze nor with a file that was imported again. */
  goneOf(day: string): SnapshotBrief[] {
    const { source } = this;
    const { state, recorded } = this.contents;
    const { days, waiting, quarantine, imports } = sourceState(state, source);
    const here = instantsIn(this.lake.state, source, day);
    const left = [...Object.values(waiting), ...Object.values(quarantine)];
    const open = new Set(left.map(({ fetched_at }) => fetched_at));
    const isMissed = (path: string | null) => this.missed.some(({ file }) => file === path);
    const again = imports.filter((one) => isKept(state, one) && !isMissed(one.report.path));
    const isAgain = (at: number) =>
      !recorded.has(signOf({ source, fetched_at: at })) && again.some(({ report }) => covers(report, at));
    return (days[day] ?? []).filter(([at]) => !here.has(at) && !open.has(at) && !isAgain(at));
  }

  /** How many of the backup's snapshots were here before. */
  get known(): number {
    const theirs = new Set([...instantsIn(this.contents.state, this.source), ...this.#held]);
    return [...theirs].filter((at) => this.#before.has(at)).length - this.#conflicts.length;
  }

  /** What could not be taken, counting each snapshot once that the lake is without after all. */
  get lost(): LostFile[] {
    const told = [...instantsIn(this.contents.state, this.source)];
    const here = instantsIn(this.lake.state, this.source);
    const counted = new Set<number>();
    const lost = this.missed.map(({ path, reason, from, to, snapshots }): LostFile => {
      const inside = from === to ? [from] : told.filter((at) => at >= from && at <= to);
      const absent = inside.filter((at) => !here.has(at) && !counted.has(at)).slice(0, snapshots);
      for (const at of absent) counted.add(at);
      return { path, reason, snapshots: inside.length === 0 ? snapshots : absent.length };
    });
    return [...this.#conflicts, ...lost];
  }
}

/** Instants of a source's snapshots, of a UTC day or all of them. */
function instantsIn(state: LakeState, source: string, day: string | null = null): Set<number> {
  const { days } = sourceState(state, source);
  const briefs = day === null ? Object.values(days).flat() : (days[day] ?? []);
  return new Set(briefs.map(([at]) => at));
}
