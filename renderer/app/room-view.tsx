import { type ComponentType, lazy, Suspense } from 'react';
import { useRoomChoice } from '../store/choices/room';
import { EmptyState } from '../ui/empty-state';
import { Skeleton } from '../ui/skeleton';
import text from '../ui/text.module.css';
import { ErrorBoundary } from './error-boundary';
import { rooms } from './rooms';

const components: ReadonlyMap<string, ComponentType> = new Map(rooms.map(({ id, load }) => [id, lazy(load)]));

/** The chosen room, or the first there is. */
export function RoomView() {
  const chosen = useRoomChoice((choice) => choice.room);
  const room = rooms.find(({ id }) => id === chosen) ?? rooms[0];
  const Shown = room && components.get(room.id);
  if (!room || !Shown) return <EmptyState title="This window has no rooms" text="Use the command line." />;
  return (
    <ErrorBoundary resetKey={room.id}>
      <h1 className={text.hidden}>{room.title}</h1>
      <Suspense fallback={<Skeleton lines={8} />}>
        <Shown />
      </Suspense>
    </ErrorBoundary>
  );
}
