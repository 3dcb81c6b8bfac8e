import { useRef, useState } from 'react';
import type { Graph } from '../../../../shared/protocol/views/project';
import { useOverview } from '../../../store/project';
import { Button } from '../../../ui/button';
import { countOf } from '../../../ui/format';
import { Mark } from '../../../ui/mark';
import { PopoverPanel } from '../../../ui/popover-panel';
import styles from './model-list.module.css';

/** Files of the project that are not run here, each with why, beside the models that say it on their node. */
export function OutsideFiles({ graph }: { graph: Graph }) {
  const [isOpen, setOpen] = useState(false);
  const trigger = useRef<HTMLDivElement>(null);
  const problems = useOverview().data?.problems ?? [];
  const drawn = new Set(graph.nodes.map(({ file }) => file));
  const outside = problems.filter(
    ({ code, place }) => code === 'model.unsupported' && !drawn.has(place?.file ?? ''),
  );
  if (outside.length === 0) return null;
  const title = `${countOf(outside.length, 'file')} ${outside.length === 1 ? 'is' : 'are'} not run here`;
  return (
    <div ref={trigger} className={styles.outside}>
      <Mark tone="amber" />
      <Button kind="quiet" size="small" onPress={() => setOpen(true)}>
        {title}
      </Button>
      <PopoverPanel label={title} trigger={trigger} isOpen={isOpen} onClose={() => setOpen(false)}>
        <ul className={styles.reasons}>
          {outside.map(({ message, place, kept }) => (
            <li key={message}>
              <code>{place?.file}</code>
              <span>{message}</span>
              {kept && <span className={styles.kept}>{kept}</span>}
            </li>
          ))}
        </ul>
      </PopoverPanel>
    </div>
  );
}
