/** A record of a ZIP: its signature, and its bytes without names and fields of any length. */
export interface ZipRecord {
  readonly signature: number;
  readonly length: number;
}

/** PKWARE's APPNOTE 6.3.10, sections 4.3.7 to 4.3.16. */
export const LOCAL: ZipRecord = { signature: 0x04034b50, length: 30 };
export const CENTRAL: ZipRecord = { signature: 0x02014b50, length: 46 };
export const END: ZipRecord = { signature: 0x06054b50, length: 22 };
export const END_64: ZipRecord = { signature: 0x06064b50, length: 56 };
export const LOCATOR_64: ZipRecord = { signature: 0x07064b50, length: 20 };
