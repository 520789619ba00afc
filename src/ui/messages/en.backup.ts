/** Sentences about backups in English. Parameters arrive formatted. */
export const backup = {
  title: 'Backup',
  line: 'The whole lake as one ZIP: the files as they lie here, the journal, check sums, the licence, and how to read it with DuckDB, pandas or Spark.',
  download: 'Download the whole lake',
  room: 'Until it is downloaded the ZIP takes as much room again in this browser.',
  saved: (name: string, size: string) => `${name} is written: ${size}.`,
  handed: (name: string) => `${name} went to the browser’s downloads.`,
  copy: 'Its copy in this browser goes at the next backup, or when the page is next opened.',
  sweep: 'Remove the copy now',
  swept: 'The copy is removed.',
  stopped: 'Stopped. No backup was written.',
  mirror: 'Mirror to a folder',
  mirrorLine:
    'Copies the files of the lake into a folder “velolac” where you choose, now and after each change while a page is open. What else is there stays as it is.',
  inStep: (folder: string, at: string) => `“${folder}/velolac” had all of the lake on ${at}.`,
  behind: (folder: string, files: string, bytes: string) => `“${folder}/velolac” lacks ${files}, ${bytes}.`,
  unread: (folder: string) => `Looking at what is in “${folder}/velolac”.`,
  left: (n: number, count: string) =>
    n === 1
      ? '1 file of the lake is not as it was written, and was not copied: verify the lake.'
      : `${count} files of the lake are not as they were written, and were not copied: verify the lake.`,
  mirrorStands: 'The mirror waits',
  goOn: 'Go on mirroring',
  endMirror: 'Stop mirroring',
  mirrorEnded: 'Mirroring is stopped. What was copied stays.',
  refused: 'The browser was told not to let the page write there.',
  restore: 'Restore from a backup',
  restoreLine:
    'What is missing here comes back from a ZIP; what is here stays. Two recorders’ lakes can be merged. You can also drop the ZIP onto this page.',
  reader: 'Another tab records, and only one may write: mirror and restore there, or close it.',
  interrupted: 'Stopped. What was restored until then is in the lake; restore again for the rest.',
  isBackup: 'A backup of a lake: importing it restores what is missing here.',
  report: (name: string) => `What came of ${name}`,
  done: (_: number, added: string) => `Restored: ${added}.`,
  added: 'Snapshots restored',
  known: 'Already here',
  notTaken: 'Could not be taken',
  imports: 'Imported files restored',
  span: (from: string, to: string) => `From ${from} to ${to}.`,
  nothing: 'Everything in it was here already.',
  whole: 'Every file in it is as it was written.',
  aside: 'Damaged files set aside again',
  withAside: (n: number, count: string) =>
    n === 1
      ? '1 file that was set aside as damaged is in it, too, below damaged/.'
      : `${count} files that were set aside as damaged are in it, too, below damaged/.`,
  lostInBackup: (n: number, count: string) =>
    n === 1
      ? '1 file of the lake is not as it was written. The ZIP has it as it lies.'
      : `${count} files of the lake are not as they were written. The ZIP has them as they lie.`,
  lost: (n: number, count: string) => (n === 1 ? '1 file was left out' : `${count} files were left out`),
  reasons: {
    missing: 'missing',
    damaged: 'damaged',
    conflict: 'another snapshot of the same instant is here',
  },
};
