/** The folder on disk that was last chosen, which a browser keeps across visits. */
export interface KeptFolder {
  readonly handle: FileSystemDirectoryHandle;
  /** Whether it is written to; false once that was stopped. */
  readonly on: boolean;
}

/** A handle can be kept in IndexedDB only: it has no form as text. */
const DATABASE = 'velolac';
const STORE = 'folder';
const KEY = 'mirror';

/** The kept folder; null where none is. */
export async function keptFolder(): Promise<KeptFolder | null> {
  return transact('readonly', (store) => store.get(KEY) as IDBRequest<KeptFolder | undefined>).then(
    (kept) => kept ?? null,
  );
}

export async function keepFolder(folder: KeptFolder): Promise<void> {
  await transact('readwrite', (store) => store.put(folder, KEY));
}

export async function forgetFolder(): Promise<void> {
  await transact('readwrite', (store) => store.delete(KEY));
}

async function transact<T>(
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await settled(opening);
  try {
    return await settled(ask(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB gave no answer'));
  });
}
