import { Compression, Table, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm';
import type { FileStatements } from './file-statements';

/** Writes a result as a Parquet file, compressed by Snappy as DuckDB does; gives the number of rows. */
export async function writeParquetFile(
  files: FileStatements,
  result: { readonly path: string; readonly head: Uint8Array; readonly pieces: readonly Uint8Array[] },
): Promise<number> {
  await files.readyParquet();
  const stream = new Uint8Array(await new Blob([result.head, ...result.pieces] as BlobPart[]).arrayBuffer());
  const table = Table.fromIPCStream(stream);
  const rows = table.recordBatches().reduce((sum, batch) => sum + batch.numRows, 0);
  const settings = new WriterPropertiesBuilder().setCompression(Compression.SNAPPY).build();
  await files.write(result.path, writeParquet(table, settings));
  return rows;
}
