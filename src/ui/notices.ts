import { quarantineCodes, type ErrorRecord } from '../errors.ts';
import type { LakeStatus } from '../pipeline/protocol.ts';
import { sentence } from './failure.ts';
import type { Format } from './format.ts';
import type { Renamed } from './likelyNames.ts';
import type { Messages } from './messages/en.ts';

export type NoticeAction = 'live' | 'sample' | 'retry' | 'dismiss' | 'health';

/** Something the visitor should know about what is shown, and what can be done about it. */
export interface Notice {
  readonly id: string;
  readonly tone: 'plain' | 'warning';
  readonly text: string;
  readonly actions: readonly NoticeAction[];
}

const MINUTE = 60_000;

interface Situation {
  readonly status: LakeStatus | null;
  readonly problem: ErrorRecord | null;
  /** Whether the visitor asked for the bundled day: then it is no failure that it is shown. */
  readonly chosen: boolean;
  readonly online: boolean;
  readonly recorded: boolean;
  /** Time of the newest snapshot behind the answers on show, or null. */
  readonly shown: number | null;
  /** The columns that a snapshot in quarantine lacks, once they are known. */
  readonly renamed: readonly Renamed[];
}

/** The notices for a situation, the most pressing first; one failure is told once. */
export function notices(situation: Situation, m: Messages, f: Format): Notice[] {
  const { status, problem, online, recorded } = situation;
  const list: Notice[] = [];
  const add = (id: string, tone: Notice['tone'], text: string, ...actions: NoticeAction[]): void => {
    list.push({ id, tone, text, actions });
  };
  const sample = status?.world === 'sample';
  const failure = status?.failure?.error ?? null;

  if (sample) {
    const at = sampleTime(status, situation.shown);
    const date = at === null ? null : f.date(at);
    if (status.live_available) {
      add('sample', 'plain', date === null ? m.notices.sampleOpening : m.notices.sampleLive(date), 'live');
    } else if (failure === null || situation.chosen) {
      add('sample', 'plain', date === null ? m.notices.sampleOpening : m.notices.sampleDay(date), 'live');
    } else {
      add('sample', 'warning', date === null ? m.notices.sampleSilent : m.notices.sample(date), 'retry');
    }
  }
  const next = resumes(status);
  if (!online) add('offline', 'plain', m.notices.offline(next));
  else if (failure !== null && !sample) {
    const quarantined = quarantineCodes.includes(failure.code);
    const names =
      failure.code === 'silver.schema'
        ? situation.renamed.map(({ name, likely }) =>
            likely === null ? m.notices.name(name) : m.notices.renamed(name, likely),
          )
        : [];
    const text = names.length > 0 ? m.notices.gone(f.list(names)) : sentence(failure, m, f, next);
    add('failure', 'warning', text, ...actionsFor(quarantined, recorded));
  }
  if (problem !== null && problem.code !== failure?.code) {
    const text = sentence(problem, m, f, next);
    if (!list.some((notice) => notice.text === text)) {
      add(`problem.${problem.code}`, 'warning', text, 'dismiss');
    }
  }
  const { pace = null, clock_skew = null } = status ?? {};
  if (status?.world === 'live' && status.recording && pace !== null && online && failure === null) {
    const { interval, reason, until } = pace;
    if (reason === 'quota')
      add('pace', 'plain', m.notices.slowedByQuota(f.count(interval), f.moment(until ?? 0)));
    if (reason === 'save_data') add('pace', 'plain', m.notices.slowedToSave(f.count(interval)));
  }
  if (clock_skew !== null) {
    const span = f.length(Math.round(Math.abs(clock_skew) / MINUTE) * MINUTE);
    add('clock', 'warning', clock_skew > 0 ? m.notices.clockSlow(span) : m.notices.clockFast(span));
  }
  if (status?.recovered != null) {
    const { at, lines, adopted } = status.recovered;
    const files = m.files.count(adopted, f.count(adopted));
    add(
      'recovered',
      'warning',
      m.notices.recovered(f.moment(at), m.notices.lines(lines, f.count(lines)), files),
    );
  }
  if (status?.persistent === false) add('memory', 'plain', m.notices.memory);
  if (status?.writer === false) {
    const since = status.writing_since;
    add('reader', 'plain', m.notices.reader(since === null ? null : f.moment(since), status.recording));
  }
  return list;
}

/** Whether the page asks the live portal again without being told to: only then may a sentence promise it. */
export function resumes(status: LakeStatus | null): boolean {
  return status?.world === 'live' && (status.recording || status.next_at !== null);
}

/** When the bundled recording is from, as soon as anything of it is known. */
export function sampleTime(status: LakeStatus, shown: number | null): number | null {
  return status.totals.last ?? status.newest?.fetched_at ?? shown;
}

function actionsFor(quarantined: boolean, recorded: boolean): NoticeAction[] {
  if (quarantined) return ['health'];
  return recorded ? ['retry'] : ['retry', 'sample'];
}
