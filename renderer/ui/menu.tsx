import type { ReactElement } from 'react';
import { Menu as AriaMenu, Header, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { cx } from './cx';
import { Icon, type IconName } from './icon';
import { Kbd } from './kbd';
import styles from './popover.module.css';

interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly note?: string;
  readonly icon?: IconName;
  readonly keys?: string;
  /** a tick stands before it; give it to all entries of a section that is a choice */
  readonly isSelected?: boolean;
  readonly isDisabled?: boolean;
  readonly run: () => void;
}

export interface MenuGroup {
  readonly id: string;
  readonly title?: string;
  readonly entries: readonly MenuEntry[];
}

/** A menu on a button: the child must be a React Aria button (`Button` and `IconButton` are). */
export function Menu(props: { label: string; groups: readonly MenuGroup[]; children: ReactElement }) {
  const run = (key: unknown): void => {
    for (const group of props.groups) group.entries.find(({ id }) => id === key)?.run();
  };
  return (
    <MenuTrigger>
      {props.children}
      <Popover className={cx(styles.popover)} offset={4}>
        <AriaMenu className={cx(styles.list)} aria-label={props.label} onAction={run}>
          {props.groups.map((group) => (
            <MenuSection key={group.id} {...(group.title ? {} : { 'aria-label': props.label })}>
              {group.title && <Header className={styles.heading}>{group.title}</Header>}
              {group.entries.map((entry) => (
                <MenuLine key={entry.id} entry={entry} />
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function MenuLine({ entry }: { entry: MenuEntry }) {
  const isChoice = entry.isSelected !== undefined;
  const icon = isChoice ? (entry.isSelected ? 'check' : undefined) : entry.icon;
  return (
    <MenuItem
      id={entry.id}
      textValue={entry.isSelected ? `${entry.title}, chosen` : entry.title}
      className={cx(styles.item)}
      isDisabled={entry.isDisabled ?? false}
    >
      {(isChoice || icon) && <span className={styles.icon}>{icon && <Icon name={icon} size="small" />}</span>}
      <span className={styles.text}>
        {entry.title}
        {entry.note && <span className={styles.note}>{entry.note}</span>}
      </span>
      {entry.keys && (
        <span className={styles.end}>
          <Kbd keys={entry.keys} />
        </span>
      )}
    </MenuItem>
  );
}
