import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite` finds the server while developing; the built page is served by the server itself. */
const server = 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Old enough for phones of the last three years, new enough for nesting and oklch without fallbacks.
  build: {
    target: ['chrome120', 'safari17', 'firefox121'],
    chunkSizeWarningLimit: 600,
    // What every page loads first travels as one file: some thirty small ones compress 8 KB worse.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', tags: ['$initial'] }] } } },
  },
  server: {
    proxy: {
      '/api': server,
      '/ws': { target: server, ws: true },
      '/media': { target: server, ws: true },
    },
  },
});
