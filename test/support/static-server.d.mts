export const SUB_PATH: string;

export function serveFolders(
  ...folders: readonly string[]
): Promise<{ readonly url: string; readonly asked: readonly string[]; close(): Promise<void> }>;
