import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Challenges, openChallenges } from './lib/acme/challenges.js';
import { freePort } from './lib/ports.js';

const home = 'https://chat.example.test';
let port: number;
let challenges: Challenges;

beforeAll(async () => {
  port = await freePort();
  challenges = await openChallenges(port, home);
});
afterAll(() => challenges.close());

/** The head of the answer to exactly this line, which no browser would send. */
async function ask(target: string): Promise<string[]> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`GET ${target} HTTP/1.1\r\nHost: chat.example.test\r\nConnection: close\r\n\r\n`);
  let said = '';
  socket.on('data', (bytes) => (said += bytes));
  await once(socket, 'close');
  return said.split('\r\n\r\n')[0]?.split('\r\n') ?? [];
}

test.each([
  ['/g/x?y=1', `${home}/g/x?y=1`],
  ['//elsewhere.test/', `${home}/`],
  ['/\\elsewhere.test/', `${home}/`],
  ['http://elsewhere.test/', `${home}/`],
  ['http://elsewhere.test:99999/', `${home}/`],
  ['http://[/', `${home}/`],
])('[ST10] the plain port leads to https here and nowhere else, whatever is asked: %s', async (target, location) => {
  const [status, ...headers] = await ask(target);
  expect(status).toContain('308');
  expect(headers).toContain(`location: ${location}`);
});
