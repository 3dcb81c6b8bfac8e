import { useState } from 'react';
import { Button as AriaButton, ListBox, ListBoxItem } from 'react-aria-components';
import type { ModelComparison } from '../../../shared/protocol/views/compare';
import { cx } from '../../ui/cx';
import { countOf, formatShare } from '../../ui/format';
import { Icon } from '../../ui/icon';
import type { OrderedModels } from './column-order';
import styles from './model-list.module.css';

export interface ModelListProps {
  readonly models: OrderedModels;
  readonly selected: string;
  readonly onSelect: (model: string) => void;
}

/** Models that differ, least alike first; the same ones are folded below. */
export function ModelList({ models: { differing, same }, selected, onSelect }: ModelListProps) {
  const [isUnfolded, setUnfolded] = useState(false);
  const isOpen = isUnfolded || differing.length === 0 || same.some(({ model }) => model === selected);
  return (
    <>
      <h3 className={styles.heading}>
        {differing.length === 0 ? 'No model differs' : `${countOf(differing.length, 'model')} changed`}
      </h3>
      <Models label="Models that differ" models={differing} selected={selected} onSelect={onSelect} />
      {same.length > 0 && (
        <AriaButton className={cx(styles.fold)} aria-expanded={isOpen} onPress={() => setUnfolded(!isOpen)}>
          <Icon name={isOpen ? 'down' : 'right'} size="small" />
          {same.length} same
        </AriaButton>
      )}
      {isOpen && (
        <Models label="Models that are the same" models={same} selected={selected} onSelect={onSelect} />
      )}
    </>
  );
}

interface ModelsProps extends Omit<ModelListProps, 'models'> {
  readonly label: string;
  readonly models: readonly ModelComparison[];
}

function Models({ label, models, selected, onSelect }: ModelsProps) {
  if (models.length === 0) return null;
  return (
    <ListBox
      className={cx(styles.list)}
      aria-label={label}
      items={models.map((model) => ({ id: model.model, model }))}
      selectionMode="single"
      disallowEmptySelection
      selectionBehavior="replace"
      selectedKeys={[selected]}
      onSelectionChange={(keys) => {
        const found = keys === 'all' ? undefined : models.find(({ model }) => keys.has(model));
        if (found) onSelect(found.model);
      }}
    >
      {({ id, model }) => (
        <ListBoxItem id={id} textValue={id} className={cx(styles.model)}>
          <ModelLine model={model} />
        </ListBoxItem>
      )}
    </ListBox>
  );
}

function ModelLine({ model: { model, status, score } }: { model: ModelComparison }) {
  const name = model.split('.').at(-1) ?? model;
  if (status === 'changed')
    return (
      <>
        <span className={styles.name} title={model}>
          {name}
        </span>
        <span className={styles.bar} aria-hidden="true">
          <i style={{ width: `${score * 100}%` }} />
        </span>
        <span className={styles.note}>{formatShare(score)} of cells match</span>
      </>
    );
  return (
    <span className={styles.one}>
      <span className={styles.name} title={model}>
        {name}
      </span>
      <span className={styles.status} data-status={status}>
        {STATUS_TEXT[status]}
      </span>
    </span>
  );
}

const STATUS_TEXT = { same: 'same', added: '+ added', removed: '− removed' } as const;
