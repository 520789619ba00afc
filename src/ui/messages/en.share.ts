/** Sentences for what is handed on, copied or saved, in English. Parameters arrive formatted. */
export const share = {
  link: {
    copy: 'Copy link',
    copied: 'Link copied.',
    notCopied: 'The link could not be copied: it is in the address bar.',
  },
  save: {
    short: 'Save',
    save: (title: string) => `Save “${title}”`,
    png: 'PNG',
    pngHint: 'picture',
    asPng: (title: string) => `Save “${title}” as PNG`,
    svg: 'SVG',
    svgHint: 'drawing to work on',
    asSvg: (title: string) => `Save “${title}” as SVG`,
    csv: 'CSV',
    csvHint: 'table',
    asCsv: (title: string) => `Save “${title}” as CSV`,
    parquet: 'Parquet',
    parquetHint: 'table with types',
    failed: (title: string) => `“${title}” could not be saved.`,
  },
};
