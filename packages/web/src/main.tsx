import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { watchVersions } from './app/versions.ts';
import { startTexts } from './i18n/index.ts';
import { keptTheme, showTheme } from './ui/theme.ts';
import './ui/base.css';

showTheme(keptTheme());
watchVersions();
await startTexts();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
