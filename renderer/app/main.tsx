import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect } from '../connect/connect';
import { followTheme } from '../store/choices/theme';
import { attachConnection } from '../store/host';
import { App } from './app';

followTheme();
attachConnection(connect());

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
