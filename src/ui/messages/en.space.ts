/** Sentences about room for the lake in English. Parameters arrive formatted. */
export const space = {
  title: 'Space',
  reading: 'Counting…',
  used: (bytes: string, free: string) => `${bytes} in the lake, about ${free} free`,
  usedOnly: (bytes: string) => `${bytes} in the lake`,
  bar: (parts: string) => `What takes room: ${parts}`,
  part: (name: string, bytes: string) => `${name} ${bytes}`,
  other: (bytes: string) => `Beside the lake, the page and what the browser keeps with it take ${bytes}.`,
  free: 'free',
  unknown: 'This browser does not tell how much room there is.',
  refused: (free: string) => `The browser estimates about ${free} free, and yet it refused to write.`,
  soon: 'When the first hour is over, a forecast stands here.',
  full: (when: string) => `At this pace, full in about ${when}.`,
  never: 'At this pace there is room for many years.',
  paused: 'Nothing was recorded lately, so nothing fills up.',
  pace: (bytes: string, hours: string) => `${bytes} a recorded hour after compaction, ${hours} of late.`,
  hours: (n: number, count: string) =>
    n === 0
      ? 'none'
      : n < 0.5
        ? 'less than an hour a day'
        : n < 1.5
          ? 'an hour a day'
          : `${count} hours a day`,
  goes: (bytes: string, days: string) =>
    `Of these, ${bytes} are Bronze, which goes after ${days} days: from then on only the rest adds up.`,
  always: (when: string) => `Recorded day and night, about ${when}.`,
  moreThan: 'more than ten years',
  days: (n: number, count: string) => (n === 1 ? 'a day' : `${count} days`),
  months: (n: number, count: string) => (n === 1 ? 'a month' : `${count} months`),
  years: (n: number, count: string) => (n === 1 ? 'a year' : `${count} years`),
  keep: {
    title: 'Will the browser keep it?',
    yes: 'Yes. It keeps this lake until you delete it, or clear this site’s data.',
    no: 'Not for certain: when the disk fills up, it may clear sites without asking.',
    refused:
      'It said no this time. Browsers grant it to sites that are installed, bookmarked or often visited: try again later.',
    memory: 'No: this browser gives the page no storage, so the lake goes with the tab.',
    unknown: 'This browser cannot be asked.',
    ask: 'Ask it to keep the lake',
    safari:
      'Safari clears what a site has stored after seven days of use without a visit to it. Add Vélolac to the Dock or to the Home Screen, and it does not; or come by once a week.',
    elsewhere:
      'In Safari, what a site has stored is cleared after seven days of use without a visit, unless it is added to the Dock or to the Home Screen.',
  },
  retention: {
    title: 'Old Bronze',
    line: 'Bronze is what the portal sent, and most of what takes room. Silver, the same rows checked and typed, can answer without it.',
    choose: 'Drop Bronze after',
    never: 'never',
    after: (days: string) => `${days} days`,
    confirm: (days: string) => `Drop Bronze older than ${days} days?`,
    confirmNow: (count: string, bytes: string) =>
      `${count} now, about ${bytes}, and each day as it comes of age.`,
    confirmNone: 'Nothing is that old yet: each day goes as it comes of age.',
    confirmLine:
      'Days without Bronze answer as before, but cannot be rebuilt: not with a better mapping, and not when their Silver is damaged. Files that you imported stay.',
    drop: 'Drop it',
    on: (days: string) =>
      `A day goes once it is ${days} days old and its Silver was read back and has every row.`,
    off: 'All Bronze is kept.',
    saved: 'Bronze is kept as you chose.',
    without: (n: number, count: string) =>
      n === 1
        ? '1 day has no Bronze any more: a rebuild leaves it as it is.'
        : `${count} days have no Bronze any more: a rebuild leaves them as they are.`,
    unverified: (n: number, count: string) =>
      n === 1
        ? '1 day is old enough and was kept: its Silver does not have every row of its Bronze.'
        : `${count} days are old enough and were kept: their Silver does not have every row of their Bronze.`,
    reader: 'Another tab records, and only one may write. Choose there.',
  },
};
