import type { Asked, AskedAll, Figures, Scanned, TickFigures, Timings } from './figures.ts';
import { median, quantile } from './stats.ts';

/** A line of the table: what, its figure, what is wanted, and whether that is met (null: nothing is wanted). */
type Line = readonly [what: string, figure: string, wanted: string, met: boolean | null];

/** The one table that the bench prints: Markdown, with the machine below it. */
export function report(figures: Figures): string {
  const lines: Line[] = [
    ...sizes(figures),
    ...figures.asked.flatMap(question),
    ...figures.all.map(allAnswers),
    ...figures.scanned.map(scan),
    imported(figures),
    ...figures.ticks.flatMap(tickLines),
    ...past(figures),
    ...visits(figures),
  ];
  const mark = (met: boolean | null) => (met === null ? '' : met ? '✓' : '✗');
  return [
    '| What | Figure | Wanted | |',
    '| --- | --- | --- | --- |',
    ...lines.map(([what, figure, wanted, met]) => `| ${what} | ${figure} | ${wanted} | ${mark(met)} |`),
    '',
    `${figures.machine}. Medians of ${figures.all[0]!.silver.cold.length}, cold · warm: each in an engine that has run ` +
      'nothing yet, then one after the other in the last of these. “Silver” reads every row of it; “rollups” is ' +
      'what the page does: the rollups of days that lie whole in the range, and Silver for the rest.',
  ].join('\n');
}

function sizes({ series }: Figures): Line[] {
  const { hours, days, bronzeRows, rows, snapshots } = series;
  const part = (silver: number, csv: number) => `1/${(csv / silver).toFixed(0)}`;
  const each = (ms: number) => `${seconds(ms)} (${milliseconds(ms / snapshots)} a snapshot)`;
  return [
    [
      `Bronze, ${count(bronzeRows)} rows in ${count(snapshots)} snapshots`,
      `${megabytes(days.csv)} of CSV, ${megabytes(days.zip)} stored after compaction`,
      '',
      null,
    ],
    [
      'Silver after the hour’s compaction (the last day’s closed hours)',
      `${megabytes(hours.silver)}, ${part(hours.silver, hours.csv)} of ${megabytes(hours.csv)} CSV`,
      '',
      null,
    ],
    [
      `Silver after the day’s compaction, ${count(rows)} rows`,
      `${megabytes(days.silver)}, ${part(days.silver, days.csv)} of Bronze`,
      '≤ 1/20 of Bronze',
      days.silver <= days.csv / 20,
    ],
    [`Rollups of ${series.rollups.days} days`, megabytes(series.rollups.bytes), '', null],
    [
      'Time to Silver, all snapshots',
      `${each(series.silverMs)}; before it, read and parse ${seconds(series.parseMs)}, Bronze ` +
        `${seconds(series.bronzeMs)}; compaction and rollups ${seconds(series.compactMs)}`,
      '',
      null,
    ],
  ];
}

const ratio = (a: Timings, b: Timings) => median(a.warm) / median(b.warm);

const differ = (same: boolean) => (same ? '' : '; the answers differ');

/** The wanted ratios are judged on warm runs, the cold ones stand beside. */
function question({ name, bronze, silver, rollups, native, same }: Asked): Line[] {
  const times = ratio(bronze, rollups);
  const slower = [ratio(silver, native.silver), ratio(rollups, native.rollups)] as const;
  return [
    [
      `\`${name}\` over all polls`,
      `Bronze ${both(bronze)}; Silver ${both(silver)}: ${ratio(bronze, silver).toFixed(1)} × as fast; rollups ` +
        `${both(rollups)}: ${times.toFixed(1)} × as fast${differ(same)}`,
      '≥ 10 × Bronze',
      times >= 10 && same,
    ],
    [
      `\`${name}\`, native`,
      `Silver ${both(native.silver)}: ${slower[0].toFixed(1)} × native’s time; rollups ` +
        `${both(native.rollups)}: ${slower[1].toFixed(1)} × native’s time`,
      '≤ 5 × native',
      Math.max(...slower) <= 5,
    ],
  ];
}

function allAnswers({ name, silver, rollups, same }: AskedAll): Line {
  const figure = `Silver ${both(silver)}; rollups ${both(rollups)}${differ(same)}`;
  return [name, figure, '', null];
}

function scan({ name, within, silver, native }: Scanned): Line {
  const slower = ratio(silver, native);
  return [
    `Scan of Silver: ${name}`,
    `${both(silver)}, native ${both(native)}: ${slower.toFixed(1)} × native’s time`,
    `≤ ${within} × native`,
    slower <= within,
  ];
}

function imported({ brought: { ms, rows, accepted, peak } }: Figures): Line {
  return [
    `Import of the series as one file, ${count(rows)} rows (${count(accepted)} accepted)`,
    `${seconds(ms)}; the renderer’s memory at most ${megabytes(peak, 0)}`,
    '< 60 s, < 1.5 GB',
    ms < 60_000 && peak < 1.5e9,
  ];
}

function tickLines({ days, mapped, rows, silverBytes, ticks }: TickFigures): Line[] {
  const times = (pick: (tick: TickFigures['ticks'][number]) => number) => {
    const values = ticks.map(pick);
    return { p50: quantile(values, 0.5), p99: quantile(values, 0.99) };
  };
  const show = (name: string, { p50, p99 }: { p50: number; p99: number }) =>
    `${name} ${milliseconds(p50)} · ${milliseconds(p99)}`;
  const total = times((tick) => tick.total);
  const longest = Math.max(0, ...ticks.map((tick) => tick.longtask));
  const stages = [
    show(
      'read and parse',
      times((tick) => tick.parse),
    ),
    show(
      'Bronze',
      times((tick) => tick.bronze),
    ),
    show(
      'Silver',
      times((tick) => tick.silver),
    ),
    show(
      'Gold',
      times((tick) => tick.gold),
    ),
    show(
      'paint',
      times((tick) => tick.paint),
    ),
  ];
  const lake = `${days} ${days === 1 ? 'day' : 'days'} in the lake`;
  const seen = mapped ? 'the map drawn by the processor' : 'a list in place of the map';
  return [
    [
      `Tick, ${lake} (${count(rows)} rows, ${megabytes(silverBytes)} of Silver), ${seen}`,
      `p50 ${milliseconds(total.p50)}, p99 ${milliseconds(total.p99)} of ${ticks.length} ticks across midnight UTC`,
      '< 500 ms, < 1 s',
      total.p50 < 500 && total.p99 < 1000,
    ],
    [`— its stages, p50 · p99`, stages.join(', '), '', null],
    [
      '— main thread’s longest task',
      longest === 0 ? 'none over 50 ms' : milliseconds(longest),
      '≤ 50 ms',
      longest <= 50,
    ],
  ];
}

function past({ past: figures }: Figures): Line[] {
  const { days, rows, startMs, firstMs, openMs, brushMs, drawn, mapless, peak } = figures;
  const spread = (values: readonly number[]) =>
    `p50 ${milliseconds(quantile(values, 0.5))}, longest ${milliseconds(Math.max(...values))}`;
  return [
    [
      `History opens from a page at rest, ${days} days at a snapshot a minute (${count(rows)} rows of Silver, read from rollups): first charts`,
      spread(firstMs),
      '',
      null,
    ],
    ['— all twelve analyses', spread(openMs), '< 2 s', Math.max(...openMs) < 2000],
    ['— opened by its address: the page and the engine start, too', spread(startMs), '', null],
    ['— brushed: hours, areas, dates', spread(brushMs), '< 200 ms', quantile(brushMs, 0.5) < 200],
    ...[
      { name: 'the map drawn by the processor', moved: drawn },
      { name: 'a list in place of the map', moved: mapless },
    ].flatMap(({ name, moved: { stepMs, playMs } }): Line[] => [
      [`Time slider, a step, ${name}`, spread(stepMs), '< 100 ms', quantile(stepMs, 0.5) < 100],
      [
        '— a day played, main thread’s longest task',
        playMs === 0 ? 'none over 50 ms' : milliseconds(playMs),
        '≤ 50 ms',
        playMs <= 50,
      ],
    ]),
    ['— all of these, the renderer’s memory at most', megabytes(peak, 0), '', null],
  ];
}

function visits({ visits: { parts, firstMs, offlineMs } }: Figures): Line[] {
  const sum = (pick: (part: (typeof parts)[number]) => number) =>
    parts.reduce((total, part) => total + pick(part), 0);
  const [gzip, brotli] = [sum((part) => part.gzip), sum((part) => part.brotli)];
  const offline = median(offlineMs);
  return [
    ...parts.map((part): Line => [
      `First load: ${part.part}`,
      `gzip ${kilobytes(part.gzip)}, brotli ${kilobytes(part.brotli)} (raw ${kilobytes(part.raw)})`,
      '',
      null,
    ]),
    [
      'First load, up to the first answer',
      `gzip ${megabytes(gzip, 2)}, brotli ${megabytes(brotli, 2)}`,
      '≤ 5.0, ≤ 4.0 MB',
      gzip <= 5e6 && brotli <= 4e6,
    ],
    ['First visit to painted answers', seconds(firstMs), '', null],
    ['Offline reload to painted answers', seconds(offline), '< 1.5 s', offline < 1500],
  ];
}

function both({ cold, warm }: Timings): string {
  const [first, second] = [median(cold), median(warm)];
  const show = Math.min(first, second) >= 2000 ? seconds : milliseconds;
  return `${show(first)} · ${show(second)}`;
}

const count = (value: number) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ');
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const milliseconds = (ms: number) => `${ms < 10 ? ms.toFixed(1) : count(ms)} ms`;
const megabytes = (bytes: number, digits = 1) => `${(bytes / 1e6).toFixed(digits)} MB`;
const kilobytes = (bytes: number) => `${count(bytes / 1e3)} kB`;
