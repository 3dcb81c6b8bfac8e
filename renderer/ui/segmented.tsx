import type { ReactNode } from 'react';
import { type Key, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { cx } from './cx';
import styles from './segmented.module.css';

interface Segment<Id extends string> {
  readonly id: Id;
  readonly content: ReactNode;
}

export interface SegmentedProps<Id extends string> {
  readonly label: string;
  readonly segments: readonly Segment<Id>[];
  readonly selected: Id | null;
  readonly onSelect: (id: Id) => void;
  readonly size?: 'normal' | 'small';
}

/** One choice of a few, all in sight. */
export function Segmented<Id extends string>(props: SegmentedProps<Id>) {
  const select = (keys: Set<Key>): void => {
    const found = props.segments.find(({ id }) => keys.has(id));
    if (found) props.onSelect(found.id);
  };
  return (
    <ToggleButtonGroup
      className={cx(styles.group, props.size === 'small' && styles.small)}
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={props.selected === null ? [] : [props.selected]}
      onSelectionChange={select}
    >
      {props.segments.map(({ id, content }) => (
        <ToggleButton key={id} id={id} className={cx(styles.segment)}>
          {content}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
