import { Compression, Table, WriterPropertiesBuilder, writeParquet } from 'parquet-wasm';
import type { FileStatements } from './file-statements';

/** Writes an Arrow stream as a Parquet file, compressed by Snappy as DuckDB does; gives the number of rows. */
export async function writeParquetFile(
  files: FileStatements,
  path: string,
  stream: Uint8Array,
): Promise<number> {
  await files.readyParquet();
  const table = Table.fromIPCStream(stream);
  const rows = table.recordBatches().reduce((sum, batch) => sum + batch.numRows, 0);
  const settings = new WriterPropertiesBuilder().setCompression(Compression.SNAPPY).build();
  await files.write(path, writeParquet(table, settings));
  return rows;
}
