import { createConnection } from '../connect/lasting-client';
import { pageWorkers } from '../connect/page-worker';
import { followPage, getLastProject, getUserName, lackHere, markStaticPage } from '../store/page';
import { showWindow } from './show-window';
import { startOffline } from './start-offline';

declare const TEAL_VERSION: string;

markStaticPage();
showWindow(
  createConnection(
    pageWorkers({
      version: TEAL_VERSION,
      user: getUserName,
      lastProject: getLastProject,
      lacking: lackHere,
    }),
  ),
);
followPage();
startOffline();
