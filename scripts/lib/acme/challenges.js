import { once } from 'node:events';
import { createServer } from 'node:http';

const prefix = '/.well-known/acme-challenge/';

/**
 * What stands at the plain port: the answers that an issuer asks for, and for everybody else the way to https.
 * @typedef {object} Challenges
 * @property {(token: string, answer: string) => void} put
 * @property {(token: string) => void} drop
 * @property {() => void} close
 */

/**
 * @param {number} port on every address
 * @param {string} url where people belong
 * @returns {Promise<Challenges>}
 */
export async function openChallenges(port, url) {
  /** @type {Map<string, string>} */
  const answers = new Map();
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    const path = request.url ?? '/';
    const answer = path.startsWith(prefix) ? answers.get(path.slice(prefix.length)) : undefined;
    if (answer !== undefined) return response.writeHead(200, { 'content-type': 'text/plain' }).end(answer);
    return response.writeHead(308, { location: placeAt(url, path) }).end();
  }).listen(port);
  await once(server, 'listening');
  return {
    put: (token, answer) => void answers.set(token, answer),
    drop: (token) => void answers.delete(token),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * The same place at our address. What is asked comes from anybody: it may name another host, or be no address at all.
 * @param {string} url
 * @param {string} path
 */
function placeAt(url, path) {
  const home = new URL('/', url);
  const place = URL.canParse(path, home) ? new URL(path, home) : home;
  return (place.origin === home.origin ? place : home).href;
}
