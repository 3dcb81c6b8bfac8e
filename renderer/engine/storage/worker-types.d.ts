declare const FileSystemSyncAccessHandle: { readonly prototype: FileSystemSyncAccessHandle };
