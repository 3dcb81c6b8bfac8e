import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type RoomId = 'raw' | 'canvas' | 'backfill' | 'compare' | 'releases' | 'history';

interface RoomChoice {
  readonly room: RoomId;
}

export const useRoomChoice = create<RoomChoice>()(
  persist((): RoomChoice => ({ room: 'canvas' }), { name: 'teal.room' }),
);

/** Shows a room of the window. */
export function goTo(room: RoomId): void {
  useRoomChoice.setState({ room });
}
