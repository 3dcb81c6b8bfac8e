export async function windowBench() {
  return [];
}
