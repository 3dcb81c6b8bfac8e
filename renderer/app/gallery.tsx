import '../ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Gallery } from './gallery/gallery';
import { BothThemes } from './gallery/themes';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root.');
const asked = window.location.hash.slice(1);
const theme = asked === 'light' || asked === 'dark' ? asked : undefined;
document.documentElement.dataset['theme'] = theme ?? 'light';
createRoot(root).render(<StrictMode>{theme ? <Gallery theme={theme} /> : <BothThemes />}</StrictMode>);
