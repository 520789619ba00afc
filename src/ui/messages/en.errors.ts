import type { ErrorCode } from '../../errors.ts';

/** Figures of a failure, formatted for a sentence; each is there only when the error carried it. */
export interface ErrorFigures {
  readonly host?: string;
  readonly status?: string;
  /** When a quota is given back, or when the next attempt is due. */
  readonly until?: string;
  readonly bytes?: string;
  readonly limit?: string;
  /** Columns that the contract needs and the portal no longer sends. */
  readonly columns?: string;
  readonly seconds?: string;
  readonly path?: string;
  /** Set when the portal is asked again by itself: only then is it promised. */
  readonly resumes?: boolean;
}

export type ErrorSentences = Readonly<Record<ErrorCode, (figures: ErrorFigures) => string>>;

const portal = (host: string | undefined): string => host ?? 'The portal';

const full = (resumes: boolean | undefined): string =>
  `There is no room left in this browser, so nothing more is recorded. All that is here stays readable. Delete a day in Lake, let old Bronze go, or free disk space${resumes ? ': recording resumes by itself' : ''}.`;

/** One plain sentence for each way to fail: what happened, and what happens next. */
export const errors: ErrorSentences = {
  'portal.unreachable': ({ host, resumes }) =>
    `${portal(host)} cannot be reached.${resumes ? ' It is asked again by itself.' : ''}`,
  'portal.cors': ({ host }) => `${portal(host)} does not let other sites’ pages read it.`,
  'portal.timeout': ({ host, seconds }) =>
    `${portal(host)} took too long to answer${seconds === undefined ? '' : `: it was given ${seconds} s`}.`,
  'portal.aborted': () => 'The recording was stopped before the portal had answered.',
  'portal.quota': ({ until, resumes }) =>
    until === undefined
      ? `The portal’s quota is used up.${resumes ? ' Recording waits until it is given back.' : ''}`
      : `The portal’s quota is used up until ${until}.${resumes ? ' Recording resumes then.' : ''}`,
  'portal.busy': ({ until, resumes }) => {
    if (!resumes) return 'The portal is busy. Ask again in a while.';
    return until === undefined
      ? 'The portal is busy. It is asked again in a while.'
      : `The portal is busy. It is asked again at ${until}.`;
  },
  'portal.refused': ({ host, status }) =>
    `${portal(host)} refused the request${status === undefined ? '' : ` (status ${status})`}.`,
  'portal.server': ({ host, status, resumes }) =>
    `${portal(host)} has a fault of its own${status === undefined ? '' : ` (status ${status})`}.${resumes ? ' It is asked again by itself.' : ''}`,
  'portal.html': () => 'The portal sent a web page instead of data. It is kept in Bronze as it came.',
  'portal.not_json': () => 'The portal sent something that is not JSON. It is kept in Bronze as it came.',
  'portal.cut_json': ({ bytes }) =>
    `The portal’s answer was cut short${bytes === undefined ? '' : ` after ${bytes}`}. It is kept in Bronze as it came.`,
  'portal.not_records': () => 'The portal sent JSON, but no list of stations.',
  'portal.empty': () => 'The portal sent an empty list of stations.',
  'portal.too_large': ({ bytes, limit }) =>
    `The portal’s answer is too large${bytes === undefined ? '' : `: ${bytes}`}${limit === undefined ? '' : ` (${limit} at most)`}. It was not kept.`,
  'portal.address': ({ host }) =>
    `${host === undefined ? 'The portal in the address' : `“${host}”`} is not the address of a portal.`,
  'import.empty': () => 'The file is empty.',
  'import.no_rows': () => 'The file has a header, or a list, but no rows in it.',
  'import.not_a_table': () => 'The file holds no table of stations: it is a picture, a page or another text.',
  'import.elsewhere': () =>
    'Its stations do not lie in or around Paris. The lake holds Vélib’ alone, so nothing of it was taken.',
  'import.not_json': () => 'The file begins like JSON, but is not valid JSON.',
  'import.cut': () => 'The file ends in the middle. Nothing of it was taken; fetch it again.',
  'import.too_wide': () => 'The file has more columns than any table of stations, so it was not read.',
  'import.long_line': ({ limit }) =>
    `The file has a line${limit === undefined ? '' : ` above ${limit}`}, or a quote that never closes, so it was not read.`,
  'import.too_deep': () => 'The file is nested too deep, so it was not read.',
  'import.too_large': ({ bytes, limit }) =>
    `The file is too large to be read at once${bytes === undefined ? '' : `: ${bytes}`}${limit === undefined ? '' : ` (at most ${limit})`}. CSV has no such limit.`,
  'import.bomb': () => 'The archive unpacks to far more than its size, so it was not unpacked.',
  'import.damaged': () =>
    'The file is damaged, cut, or locked with a password. Nothing of it was taken; fetch it again.',
  'import.unreadable': () =>
    'The browser can no longer read the file: it may have been moved or changed. Choose it again.',
  'import.aborted': () => 'The import was cancelled.',
  'backup.cut': () => 'This backup is cut off before anything of the lake. Nothing was changed.',
  'backup.foreign': () => 'This ZIP is no backup of a Vélolac lake. Nothing was changed.',
  'backup.no_room': ({ bytes, limit }) =>
    `The ZIP needs ${bytes ?? 'more room'} beside the lake, and the browser has ${limit ?? 'less'} left. Nothing was changed. In a browser that can save straight to disk, such as Chrome or Edge, it needs no room here.`,
  'mirror.taken': ({ path }) =>
    `“${path ?? 'This folder'}” has a folder “velolac” that this browser did not make. Nothing was changed: choose another folder, or move that one away.`,
  'mirror.permission': () =>
    'The browser wants to be asked again before the page writes into the mirror’s folder: press “Go on mirroring”, in Lake.',
  'mirror.gone': () =>
    'The mirror’s folder is no longer there: it was moved or removed, or its drive is unplugged. The lake in this browser is whole.',
  'mirror.no_room': () =>
    'There is no room left on the mirror’s disk. It goes on with the next snapshot once there is some. The lake in this browser is whole.',
  'silver.schema': ({ columns }) =>
    `The portal no longer sends ${columns === undefined ? 'a column we need' : `“${columns}”`}. The snapshot waits in Bronze; nothing is lost.`,
  'silver.contradicted': ({ columns }) =>
    `${columns === undefined ? 'Some names of the portal hold' : `“${columns.replaceAll(', ', '”, “')}”: the portal’s names are the same, but hold`} the values of other columns now. The snapshot waits in Bronze; nothing is lost.`,
  'silver.mapping': ({ columns }) =>
    columns === undefined
      ? 'Nothing waits for this mapping any more.'
      : `With this mapping, nothing is known as “${columns}” yet. What came waits on in Bronze.`,
  'silver.partial': () =>
    'The last snapshot is not whole: too few of its stations can be trusted. It is kept, and the answers stay on the one before.',
  'lake.unavailable': () => 'This browser gives the page no storage.',
  'lake.quota': ({ resumes }) => full(resumes),
  'lake.short_write': ({ resumes }) => full(resumes),
  'lake.missing_file': ({ path }) =>
    `${path ?? 'A file of the lake'} is missing: the browser may have cleared it.`,
  'lake.no_snapshot': () => 'There is no snapshot in this span.',
  'lake.not_writer': () => 'Another tab records, and only one may write.',
  'lake.verify': ({ path }) => `${path ?? 'A file'} did not read back as it was written, so it was not kept.`,
  'lake.damaged': ({ path }) =>
    `${path ?? 'A file of the lake'} is damaged. Verify the lake, in Lake: it is made again or set aside.`,
  'lake.newer': () =>
    'This lake was written by a newer version of this page. It is left untouched: reload the page to update it.',
  'lake.no_bronze': () =>
    'The Bronze of this day was dropped, so it cannot be rebuilt. Its Silver is as it was.',
  'engine.start': () => 'The query engine did not start. Reload the page; the lake is safe.',
  'engine.died': () => 'The query engine stopped and was started again. Ask once more.',
  'engine.timeout': () => 'The question took too long and was stopped.',
  'engine.aborted': () => 'The question was cancelled.',
  'engine.memory': () =>
    'The query engine ran out of memory and was started again. Ask for a shorter period.',
  'engine.trap': () => 'The query engine failed and was started again. The lake is safe.',
  'engine.query': () => 'The query engine could not answer this question.',
  'recorder.died': () => 'The recorder stopped and is started again. What was recorded is kept.',
  'sample.unreadable': () => 'The bundled recording cannot be read. Reload the page.',
  'sample.no_feed': () => 'This is a recording of a past day: nothing can be added to it. Go live to record.',
  unexpected: () => 'Something failed that should not. Reload the page; what was recorded is safe.',
};
