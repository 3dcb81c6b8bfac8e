import { controls } from './controls';
import { data } from './data';
import { fields } from './fields';
import styles from './gallery.module.css';
import { panes } from './panes';
import type { Exhibit } from './section';
import { signs } from './signs';

const ROOMS: readonly { readonly title: string; readonly exhibits: readonly Exhibit[] }[] = [
  { title: 'Controls', exhibits: controls },
  { title: 'Fields', exhibits: fields },
  { title: 'Signs', exhibits: signs },
  { title: 'Panes', exhibits: panes },
  { title: 'Data', exhibits: data },
];

/** Every primitive of the window with its variants and states, in one theme. */
export function Gallery({ theme }: { theme: 'light' | 'dark' }) {
  return (
    <main className={styles.gallery}>
      <h1 className={styles.title}>Primitives, {theme}</h1>
      {ROOMS.map(({ title, exhibits }) => (
        <section key={title} aria-label={title} className={styles.room}>
          <h2 className={styles.roomTitle}>{title}</h2>
          {exhibits.map(({ of, render }) => (
            <section key={of} aria-label={of} className={styles.exhibit}>
              <h3>{of}</h3>
              <div className={styles.specimens}>{render()}</div>
            </section>
          ))}
        </section>
      ))}
    </main>
  );
}
