import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Connection } from '../connect/connection';
import { followTheme } from '../store/choices/theme';
import { attachConnection } from '../store/host';
import { App } from './app';

/** Draws the window at once; calls wait until the connection is open. */
export function showWindow(connection: Connection): void {
  followTheme();
  attachConnection(connection);
  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no root.');
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
