import { createRoot } from 'react-dom/client';
import { config } from 'zod/mini';
import { App } from './app/App.tsx';
import { watchVersions } from './app/versions.ts';
import { loadTexts, TextsProvider } from './i18n/index.ts';
import { keptTheme, showTheme } from './ui/theme.ts';
import './ui/base.css';

// The page's policy forbids making code from text; zod would try once and be reported.
config({ jitless: true });
showTheme(keptTheme());
watchVersions();
const texts = await loadTexts();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <TextsProvider first={texts}>
      <App />
    </TextsProvider>,
  );
}
