interface SavePicker {
  showSaveFilePicker(options: {
    readonly suggestedName: string;
    readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
  }): Promise<FileSystemFileHandle>;
}

/** Whether the browser lets a page write straight into a file on disk (File System Access API; Chromium). */
export function canPick(scope: object): scope is SavePicker {
  return 'showSaveFilePicker' in scope;
}

/** The file that the visitor chooses for a ZIP, in a gesture; null when they think better of it. */
export async function pickZip(
  scope: SavePicker,
  suggestedName: string,
): Promise<FileSystemFileHandle | null> {
  const types = [{ accept: { 'application/zip': ['.zip'] } }];
  return scope.showSaveFilePicker({ suggestedName, types }).catch((thrown: unknown) => {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return null;
    throw thrown;
  });
}
