interface SavePicker {
  showSaveFilePicker(options: {
    readonly suggestedName: string;
    readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
  }): Promise<FileSystemFileHandle>;
}

interface FolderPicker {
  showDirectoryPicker(options: {
    readonly id: string;
    readonly mode: 'readwrite';
  }): Promise<FileSystemDirectoryHandle>;
}

/** Whether the browser lets a page write straight into a file on disk (File System Access API; Chromium). */
export function canPick(scope: object): scope is SavePicker {
  return 'showSaveFilePicker' in scope;
}

/** Whether the browser lets a page write into a folder on disk. */
export function canPickFolder(scope: object): scope is FolderPicker {
  return 'showDirectoryPicker' in scope;
}

/** The file that the visitor chooses for a ZIP, in a gesture; null when they think better of it. */
export function pickZip(scope: SavePicker, suggestedName: string): Promise<FileSystemFileHandle | null> {
  const types = [{ accept: { 'application/zip': ['.zip'] } }];
  return unlessAborted(scope.showSaveFilePicker({ suggestedName, types }));
}

/** The folder that the visitor chooses for a mirror, in a gesture; null when they think better of it. */
export function pickFolder(scope: FolderPicker): Promise<FileSystemDirectoryHandle | null> {
  return unlessAborted(scope.showDirectoryPicker({ id: 'velolac', mode: 'readwrite' }));
}

async function unlessAborted<T>(picking: Promise<T>): Promise<T | null> {
  return picking.catch((thrown: unknown) => {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return null;
    throw thrown;
  });
}
