/** Sentences about backups in English. Parameters arrive formatted. */
export const backup = {
  title: 'Backup',
  line: 'The whole lake as one ZIP: the files as they lie here, the journal, check sums, the licence, and how to read it with DuckDB, pandas or Spark.',
  download: 'Download the whole lake',
  about: (bytes: string) => `About ${bytes}`,
  room: 'Until it is downloaded the ZIP takes as much room again in this browser.',
  saved: (name: string, bytes: string, files: string) => `${name} is written: ${bytes}, ${files}.`,
  handed: (name: string) => `${name} went to the browser’s downloads.`,
  copy: 'Its copy in this browser goes at the next backup, or when the page is next opened.',
  sweep: 'Remove the copy now',
  swept: 'The copy is removed.',
  stopped: 'Stopped. No backup was written.',
  restore: 'Restore from a backup',
  restoreLine:
    'What is missing here comes back from a ZIP; what is here stays. Two recorders’ lakes can be merged. You can also drop the ZIP onto this page.',
  reader: 'Another tab records, and only one may write: restore there, or close it.',
  interrupted: 'Stopped. What was restored until then is in the lake; restore again for the rest.',
  isBackup: 'A backup of a lake: importing it restores what is missing here.',
  report: (name: string) => `What came of ${name}`,
  done: (added: string) => `Restored: ${added}.`,
  added: 'Snapshots restored',
  known: 'Already here',
  notTaken: 'Could not be taken',
  imports: 'Imported files restored',
  span: (from: string, to: string) => `From ${from} to ${to}.`,
  nothing: 'Everything in it was here already.',
  whole: 'Every file in it was sound.',
  lostInBackup: (n: number, count: string) =>
    n === 1
      ? '1 file of the lake is not as it was written. The ZIP has it as it lies.'
      : `${count} files of the lake are not as they were written. The ZIP has them as they lie.`,
  lost: (n: number, count: string) => (n === 1 ? '1 file was left out' : `${count} files were left out`),
  reasons: {
    missing: 'missing',
    damaged: 'damaged',
    conflict: 'another snapshot of the same instant is here',
    held: 'its day is here, and the backup has only its Silver',
  },
};
