import { create } from 'zustand';

interface PaletteChoice {
  readonly open: boolean;
  readonly query: string;
}

export const usePaletteChoice = create<PaletteChoice>(() => ({ open: false, query: '' }));

/** Opens the command palette; `>`, `#` or `@` as the query shows commands, models or releases only. */
export function openPalette(query = ''): void {
  usePaletteChoice.setState({ open: true, query });
}

export function closePalette(): void {
  usePaletteChoice.setState({ open: false });
}

export function setPaletteQuery(query: string): void {
  usePaletteChoice.setState({ query });
}
