import type { share as english } from './en.share.ts';

/** Sentences for what is handed on, copied or saved, in French. */
export const share: typeof english = {
  link: {
    copy: 'Copier le lien',
    copied: 'Lien copié.',
    notCopied: 'Le lien n’a pas pu être copié\u00a0: il est dans la barre d’adresse.',
  },
  save: {
    short: 'Enregistrer',
    save: (title) => `Enregistrer «\u202f${title}\u202f»`,
    png: 'PNG',
    pngHint: 'image',
    asPng: (title) => `Enregistrer «\u202f${title}\u202f» en PNG`,
    svg: 'SVG',
    svgHint: 'dessin à retravailler',
    asSvg: (title) => `Enregistrer «\u202f${title}\u202f» en SVG`,
    csv: 'CSV',
    csvHint: 'tableau',
    asCsv: (title) => `Enregistrer «\u202f${title}\u202f» en CSV`,
    parquet: 'Parquet',
    parquetHint: 'tableau typé',
    failed: (title) => `«\u202f${title}\u202f» n’a pas pu être enregistré.`,
  },
};
