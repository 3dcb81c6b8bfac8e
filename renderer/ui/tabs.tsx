import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';
import { cx } from './cx';
import styles from './tabs.module.css';

export interface TabItem<Id extends string> {
  readonly id: Id;
  readonly title: string;
  /** stands after the title: "Audits 3" */
  readonly count?: number | string;
  readonly render: () => ReactNode;
}

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly TabItem<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** stands at the end of the line of tabs */
  readonly end?: ReactNode;
  readonly className?: string;
}

/** A line of tabs, 36 high, over the panel of the selected one, which fills what is left. */
export function Tabs<Id extends string>(props: TabsProps<Id>) {
  const select = (key: unknown): void => {
    const found = props.tabs.find(({ id }) => id === key);
    if (found) props.onSelect(found.id);
  };
  return (
    <AriaTabs
      className={cx(styles.tabs, props.className)}
      selectedKey={props.selected}
      onSelectionChange={select}
    >
      <div className={styles.line}>
        <TabList className={cx(styles.list)} aria-label={props.label}>
          {props.tabs.map(({ id, title, count }) => (
            <Tab key={id} id={id} className={cx(styles.tab)}>
              {title}
              {count !== undefined && <span className={styles.count}>{count}</span>}
            </Tab>
          ))}
        </TabList>
        {props.end && <div className={styles.end}>{props.end}</div>}
      </div>
      {props.tabs.map(({ id, render }) => (
        <TabPanel key={id} id={id} className={cx(styles.panel)}>
          {id === props.selected && render()}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
