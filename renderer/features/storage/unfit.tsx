import type { Lack } from '../../store/page';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';

const WORDS: Readonly<Record<Lack, { title: string; text: string }>> = {
  secure: {
    title: 'This address gives the page no storage',
    text: 'Browsers keep files only for pages that come over https or from this machine. Open the page by an https address, or serve the folder from localhost.',
  },
  storage: {
    title: 'This window gives the page no storage',
    text: 'Teal keeps projects in the private storage of the browser. Private windows and older browsers have none: open the page in a normal window of Chrome or Edge 121, Firefox 121 or Safari 26, or a later one.',
  },
  locks: {
    title: 'This browser cannot keep two tabs apart',
    text: 'Teal needs Web Locks, so that two tabs never write one project. Open the page in Chrome or Edge 121, Firefox 121 or Safari 26, or a later one.',
  },
};

/** What the page says where the browser lacks something that it cannot do without. */
export function Unfit({ lack }: { lack: Lack }) {
  const { title, text } = WORDS[lack];
  return (
    <EmptyState icon="warn" title={title} text={`${text} Nothing was written here.`}>
      <Button onPress={() => window.location.reload()}>Try again</Button>
    </EmptyState>
  );
}
