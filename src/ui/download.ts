/** Hands bytes to the browser as a file. */
export function save(bytes: Uint8Array<ArrayBuffer>, name: string, type = 'application/octet-stream'): void {
  saveBlob(new Blob([bytes], { type }), name);
}

/** Hands a blob to the browser as a file: one on disk is not read into memory. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Safari starts the download after the click returns: the address must outlive it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The last name of a path, of a ZIP's member too. */
export function baseName(path: string): string {
  return path.split(/[/!#]/).at(-1) ?? path;
}
