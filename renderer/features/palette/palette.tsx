import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import { closePalette, usePaletteChoice } from '../../store/choices/palette';
import { cx } from '../../ui/cx';
import styles from './palette.module.css';
import { PaletteBox } from './palette-box';

/** The command palette over the window: Ctrl K, or a press on the field in the title bar. */
export function Palette({ isProjectOpen }: { isProjectOpen: boolean }) {
  const isOpen = usePaletteChoice((choice) => choice.open);
  return (
    <ModalOverlay
      className={cx(styles.scrim)}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) closePalette();
      }}
    >
      <Modal className={cx(styles.modal)}>
        <Dialog className={cx(styles.dialog)} aria-label="Command palette">
          <PaletteBox isProjectOpen={isProjectOpen} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
