import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { DAY, dayOf, HOUR } from '../lake/names.ts';
import { groupBy } from './groupBy.ts';
import { goodSnapshots } from './status.ts';

/**
 * A part of a UTC day that is read, and rolled up, by itself: all of a day that is compacted; of today each hour that
 * is, and what came since.
 */
export interface Section {
  /** YYYY-MM-DD */
  readonly day: string;
  /** Whether it is compacted: only a late snapshot changes it. */
  readonly grain: 'day' | 'hour' | 'part';
  readonly status: readonly FileEntry[];
  /** `fetched_at` of its good snapshots, oldest first. */
  readonly instants: readonly number[];
}

/** The sections of the days that have Silver and lie in a span at least in part, in the order of time. */
export function sections(lake: Lake, source: string, from = -Infinity, to = Infinity): Section[] {
  const byDay = groupBy(lake.entries('station_status', source), (file) => dayOf(file.from!));
  return [...byDay].flatMap(([day, status]): Section[] => {
    const start = Date.parse(day);
    if (start > to || start + DAY <= from) return [];
    const instants = goodSnapshots(lake, source, start, start + DAY - 1).map(([at]) => at);
    const parts = partsOf(status);
    return parts.map(({ grain, files }, index) => {
      const begins = index === 0 ? start : beginOf(files);
      const ends = index === parts.length - 1 ? start + DAY : beginOf(parts[index + 1]!.files);
      return { day, grain, status: files, instants: instants.filter((at) => at >= begins && at < ends) };
    });
  });
}

interface Part {
  readonly grain: Section['grain'];
  readonly files: readonly FileEntry[];
}

/** A day's files by the hours that are compacted, where what is not lies after them; else all of them together. */
function partsOf(files: readonly FileEntry[]): Part[] {
  if (files.length === 1 && files[0]!.path.includes('/day_')) return [{ grain: 'day', files }];
  const rest = files.filter(({ path }) => !path.includes('/hour_'));
  const hours = [
    ...groupBy(
      files.filter((file) => !rest.includes(file)),
      (file) => Math.floor(file.from! / HOUR),
    ).values(),
  ].sort((a, b) => beginOf(a) - beginOf(b));
  const last = Math.max(...hours.flat().map(({ to }) => to!));
  if (rest.length > 0 && beginOf(rest) <= last) return [{ grain: 'part', files }];
  const parts = hours.map((inHour): Part => ({ grain: 'hour', files: inHour }));
  return rest.length > 0 ? [...parts, { grain: 'part', files: rest }] : parts;
}

function beginOf(files: readonly FileEntry[]): number {
  return Math.min(...files.map(({ from }) => from!));
}
