import { Button, Toolbar } from 'react-aria-components';
import type { Overview } from '../../shared/protocol/views/project';
import { goTo, useRoomChoice } from '../store/choices/room';
import { toggleShortcuts } from '../store/choices/shortcuts';
import { chooseTheme, type Theme, useThemeChoice } from '../store/choices/theme';
import { cx } from '../ui/cx';
import { Icon } from '../ui/icon';
import { Mark } from '../ui/mark';
import { Menu } from '../ui/menu';
import styles from './rail.module.css';
import { type Room, rooms } from './rooms';

const THEMES: readonly { id: Theme; title: string }[] = [
  { id: 'system', title: 'As the system' },
  { id: 'light', title: 'Light' },
  { id: 'dark', title: 'Dark' },
];

const SHORTCUTS = {
  id: 'shortcuts',
  title: 'Keyboard shortcuts',
  icon: 'keyboard',
  keys: '?',
  run: toggleShortcuts,
} as const;

/** The rooms at the left: one tab stop, arrow keys inside. */
export function Rail({ overview }: { overview: Overview }) {
  const chosen = useRoomChoice((choice) => choice.room);
  const current = rooms.find(({ id }) => id === chosen) ?? rooms[0];
  const shadowWaits = overview.environments.some(({ live, differing }) => !live && differing > 0);
  return (
    <nav className={styles.rail} aria-label="Rooms">
      <Toolbar className={cx(styles.list)} orientation="vertical" aria-label="Rooms">
        {rooms.map((room) => (
          <RoomButton
            key={room.id}
            room={room}
            isCurrent={room === current}
            badge={room.id === 'releases' && shadowWaits ? 'a shadow waits' : undefined}
          />
        ))}
        <span className={styles.gap} />
        <SettingsMenu />
      </Toolbar>
    </nav>
  );
}

function RoomButton({
  room,
  isCurrent,
  badge,
}: {
  room: Room;
  isCurrent: boolean;
  badge: string | undefined;
}) {
  return (
    <Button
      className={cx(styles.item)}
      onPress={() => goTo(room.id)}
      aria-label={badge ? `${room.title}, ${badge}` : room.title}
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
    >
      <Icon name={room.icon} size="large" />
      <span className={styles.title}>{room.title}</span>
      {badge && (
        <span className={styles.badge}>
          <Mark tone="shadow" />
        </span>
      )}
    </Button>
  );
}

function SettingsMenu() {
  const theme = useThemeChoice((choice) => choice.theme);
  const entries = THEMES.map(({ id, title }) => ({
    id,
    title,
    isSelected: id === theme,
    run: () => chooseTheme(id),
  }));
  return (
    <Menu
      label="Settings"
      groups={[
        { id: 'theme', title: 'Theme', entries },
        { id: 'keys', title: 'Keyboard', entries: [SHORTCUTS] },
      ]}
    >
      <Button className={cx(styles.item)} aria-label="Settings">
        <Icon name="settings" size="large" />
        <span className={styles.title}>Settings</span>
      </Button>
    </Menu>
  );
}
