export { registerHealth } from './health.ts';
export { operatorCheck } from './operator.ts';
export { ownOrigin } from './origin.ts';
export { registerPage } from './page.ts';
export { registerPictures } from './pictures.ts';
export { addressOf, trustsOf } from './proxies.ts';
export { registerRoutes } from './routes.ts';
export { registerSecurity } from './security.ts';
export { createHttp } from './server.ts';
