import type { ErrorRecord } from '../errors.ts';
import type { LakeStatus } from '../pipeline/protocol.ts';
import { sentence } from './failure.ts';
import type { Format } from './format.ts';
import type { Messages } from './messages/en.ts';

export type NoticeAction = 'live' | 'sample' | 'retry' | 'dismiss';

/** Something the visitor should know about what is shown, and what can be done about it. */
export interface Notice {
  readonly id: string;
  readonly tone: 'plain' | 'warning';
  readonly text: string;
  readonly actions: readonly NoticeAction[];
}

interface Situation {
  readonly status: LakeStatus | null;
  readonly problem: ErrorRecord | null;
  readonly online: boolean;
  readonly recorded: boolean;
}

/** The notices for a situation, the most pressing first; one failure is told once. */
export function notices({ status, problem, online, recorded }: Situation, m: Messages, f: Format): Notice[] {
  const list: Notice[] = [];
  const add = (id: string, tone: Notice['tone'], text: string, ...actions: NoticeAction[]): void => {
    list.push({ id, tone, text, actions });
  };
  const sample = status?.world === 'sample';
  const failure = status?.failure?.error ?? null;

  if (sample) {
    const at = status.totals.last ?? status.newest?.fetched_at ?? null;
    const date = at === null ? '' : f.date(at);
    if (at === null) add('sample', 'plain', m.notices.sampleOpening);
    else if (status.live_available) add('sample', 'plain', m.notices.sampleLive(date), 'live');
    else add('sample', 'warning', m.notices.sample(date), 'retry');
  }
  if (!online) add('offline', 'plain', m.notices.offline);
  else if (failure !== null && !sample) {
    const quarantined = failure.code === 'silver.schema';
    add('failure', 'warning', sentence(failure, m, f), ...actionsFor(quarantined, recorded));
  }
  if (problem !== null && problem.code !== failure?.code) {
    add(`problem.${problem.code}`, 'warning', sentence(problem, m, f), 'dismiss');
  }
  if (failure === null && status?.newest?.outcome === 'quarantined') {
    add('quarantined', 'warning', m.notices.quarantined);
  }
  if (status?.persistent === false) add('memory', 'plain', m.notices.memory);
  if (status?.writer === false) add('reader', 'plain', m.notices.reader);
  return list;
}

function actionsFor(quarantined: boolean, recorded: boolean): NoticeAction[] {
  if (quarantined) return [];
  return recorded ? ['retry'] : ['retry', 'sample'];
}
