import { create } from 'zustand';

/** What the rooms agree to look at; each null while nothing was chosen. */
interface Selection {
  readonly model: string | null;
  readonly source: string | null;
  readonly release: number | null;
}

const NOTHING: Selection = { model: null, source: null, release: null };

export const useSelection = create<Selection>(() => NOTHING);

export function selectModel(model: string | null): void {
  useSelection.setState({ model });
}

export function selectSource(source: string | null): void {
  useSelection.setState({ source });
}

export function selectRelease(release: number | null): void {
  useSelection.setState({ release });
}

export function resetSelection(): void {
  useSelection.setState(NOTHING);
}
