// What workers of a browser have on file handles and the DOM's own types leave out.

interface FileSystemSyncAccessHandle {
  write(data: Uint8Array, options: { at: number }): number;
  getSize(): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle {
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
  /** moves over whatever has that name */
  move(folder: FileSystemDirectoryHandle, name: string): Promise<void>;
}

interface FileSystemDirectoryHandle {
  entries(): AsyncIterableIterator<[string, FileSystemHandle]>;
}

declare module '*?url' {
  const url: string;
  export default url;
}

declare module '*?worker&url' {
  const address: string;
  export default address;
}
