import path from 'node:path';

// From the sources as from the built server, which lies in `dist` beside them, the package is one folder up.
const server = path.join(import.meta.dirname, '..');

/** The schema's steps, in the order of their names. */
export const migrationsFolder = path.join(server, 'migrations');
/** The page as Vite built it. */
export const pageFolder = path.join(server, '../web/dist');
