import styles from './gallery.module.css';

/** The gallery twice, side by side: each in a page of its own, so that menus and panels have the theme too. */
export function BothThemes() {
  return (
    <main className={styles.both} aria-label="Gallery in both themes">
      {['light', 'dark'].map((theme) => (
        <iframe key={theme} className={styles.frame} src={`#${theme}`} title={`Gallery, ${theme}`} />
      ))}
    </main>
  );
}
