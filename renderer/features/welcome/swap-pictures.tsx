import type { ReactNode } from 'react';
import { Logo } from '../../ui/logo';
import { Mark } from '../../ui/mark';
import styles from './swap-pictures.module.css';

type Step = 'live' | 'shadow' | 'swap';

const NODES = [
  { x: 8, y: 34, filled: 0 },
  { x: 120, y: 34, filled: 1 },
  { x: 232, y: 8, filled: 0.7 },
  { x: 232, y: 60, filled: 0.35 },
] as const;
const EDGES = ['M96 53C110 53 106 53 120 53', 'M208 53C222 53 218 27 232 27', 'M208 53C222 53 218 79 232 79'];
const BAR = 64;

/** Three pictures of one small graph: live; a shadow fills beside it; both become one. */
export function SwapPictures() {
  return (
    <section className={styles.how} aria-label="How a backfill goes">
      <Picture
        step="live"
        mark={<Mark tone="live" />}
        title="Live"
        text="What everybody reads. A change never touches it."
      />
      <Picture
        step="shadow"
        mark={<Mark tone="shadow" />}
        title="Shadow"
        text="The change fills new tables beside it, batch by batch. Pause, resume or stop."
      />
      <Picture
        step="swap"
        mark={<Logo size={12} />}
        title="Swap"
        text="Compare every row, then swap all models in one step, and back if needed."
      />
    </section>
  );
}

function Picture({ step, mark, title, text }: { step: Step; mark: ReactNode; title: string; text: string }) {
  const [source, ...models] = NODES;
  return (
    <div>
      <svg className={styles.picture} viewBox="0 0 328 108" aria-hidden="true">
        {EDGES.map((path) => (
          <path key={path} className={styles.edge} d={path} />
        ))}
        <rect className={styles.node} x={source.x + 0.5} y={source.y + 0.5} width="87" height="37" rx="6" />
        <rect className={styles.raw} x={source.x + 12} y={source.y + 11} width="44" height="4" rx="2" />
        <rect className={styles.rawSoft} x={source.x + 12} y={source.y + 21} width="28" height="4" rx="2" />
        {models.map((node) => (
          <Model key={node.y} {...node} step={step} />
        ))}
      </svg>
      <h2 className={styles.title}>
        {mark}
        {title}
      </h2>
      <p className={styles.text}>{text}</p>
    </div>
  );
}

function Model({ x, y, filled, step }: { x: number; y: number; filled: number; step: Step }) {
  const left = x + 12;
  const top = step === 'shadow' ? y + 12 : y + 17;
  return (
    <>
      <rect className={styles.node} data-step={step} x={x + 0.5} y={y + 0.5} width="87" height="37" rx="6" />
      <rect className={styles.live} data-step={step} x={left} y={top} width={BAR} height="4" rx="2" />
      {step === 'shadow' && (
        <rect className={styles.track} x={left} y={y + 22} width={BAR} height="4" rx="2" />
      )}
      {step === 'shadow' && (
        <rect className={styles.shadow} x={left} y={y + 22} width={BAR * filled} height="4" rx="2" />
      )}
    </>
  );
}
