import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { answerThrown, passingTrouble } from './faults.ts';

const coded = (code: string, message = 'a failure') => Object.assign(new Error(message), { code });

describe('what was thrown', () => {
  test('[W12] a full disk and an absent database are told apart from bugs, wherever they hide', () => {
    const cases: [unknown, string | null][] = [
      [coded('ENOSPC'), 'diskFull'],
      [coded('53100'), 'diskFull'],
      [coded('ECONNREFUSED'), 'unavailable'],
      [coded('57P01'), 'unavailable'],
      [coded('08006'), 'unavailable'],
      [new AggregateError([coded('ECONNREFUSED')]), 'unavailable'],
      [new Error('timeout exceeded when trying to connect'), 'unavailable'],
      [new Error('Connection terminated unexpectedly'), 'unavailable'],
      [new Error('around', { cause: new Error('further in', { cause: coded('ENOSPC') }) }), 'diskFull'],
      [coded('23505'), null],
      [new TypeError('undefined is not a function'), null],
      ['thrown text', null],
      [null, null],
    ];
    expect(cases.map(([error]) => passingTrouble(error))).toEqual(cases.map(([, fault]) => fault));
  });

  test('[W12] a bug is logged once, with the number that the client gets', () => {
    const lines: string[] = [];
    const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
    const { fault, incident } = answerThrown(new Error('boom'), 'GET /api/me', log);
    expect(fault).toBe('internal');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 50, incident, where: 'GET /api/me' }]);
    expect(answerThrown(coded('ENOSPC'), 'PUT /api/me/picture', log)).toEqual({ fault: 'diskFull' });
    expect(answerThrown(coded('ECONNREFUSED'), 'GET /api/me', log)).toEqual({ fault: 'unavailable' });
    // A full disk waits for somebody, a database that is away does not.
    expect(lines.map((line) => JSON.parse(line).level)).toEqual([50, 50, 40]);
  });

  test('[W12] who was taken away while they acted is not signed in any more; any other broken reference is a bug', () => {
    const log = pino({ level: 'silent' });
    const broken = (table: string) =>
      Object.assign(coded('23503'), { detail: `Key (created_by)=(1) is not present in table "${table}".` });
    expect(answerThrown(broken('users'), 'POST /api/groups', log)).toEqual({ fault: 'notSignedIn' });
    expect(answerThrown(broken('groups'), 'POST /api/groups', log)).toMatchObject({ fault: 'internal' });
  });

  test('[W12] a full disk is an error once a minute, however many it refuses', () => {
    const levels: number[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => void levels.push(JSON.parse(line).level) });
    for (const now of [0, 10, 59_999, 60_000, 60_001]) {
      expect(answerThrown(coded('53100'), 'chat.send', log, now)).toEqual({ fault: 'diskFull' });
    }
    expect(levels).toEqual([50, 50]);
  });

  test('[W12] a database that is away is a warning every five seconds, however many wait for it', () => {
    const levels: number[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => void levels.push(JSON.parse(line).level) });
    for (const now of [0, 1, 2, 4_999, 5_000, 5_001]) answerThrown(coded('08006'), 'comment.send', log, now);
    expect(answerThrown(coded('53100'), 'comment.send', log, 5_002)).toEqual({ fault: 'diskFull' });
    expect(levels).toEqual([40, 40, 50]);
  });
});
