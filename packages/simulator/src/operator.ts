import { FaultReply, type GroupId, type LiveId, Rehearsal, RehearsalLog, rehearsalLogPage } from '@groupcast/protocol';

export interface OperatorOptions {
  /** Of the installation, as `http://host:port`. */
  readonly url: string;
  /** The operator key. */
  readonly key: string;
}

/** The server said no, or nothing; the message is a sentence for people. */
export class OperatorFailure extends Error {}

/** Opens, reads and removes rehearsals with the operator key. Every failure is an `OperatorFailure`. */
export function operatorOf({ url, key }: OperatorOptions) {
  async function ask(method: string, path: string, body?: object): Promise<unknown> {
    const reply = await fetch(new URL(`/api/rehearsals${path}`, url), {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new OperatorFailure(`Nothing answers at ${url}; is Groupcast running there?`, { cause });
    });
    const answer: unknown = await reply.json().catch(() => null);
    if (reply.ok) return answer;
    const { fault = `status ${reply.status}` } = FaultReply.safeParse(answer).data ?? {};
    if (fault === 'notAllowed') throw new OperatorFailure(`${url} does not accept this operator key.`);
    throw new OperatorFailure(`${url} refused: ${fault}.`);
  }

  return {
    open: async (people: number, lives: number): Promise<Rehearsal> =>
      Rehearsal.parse(await ask('POST', '', { people, lives })),

    close: async (group: GroupId): Promise<void> => void (await ask('DELETE', `/${group}`)),

    /** What is stored of a live, with its whole log. */
    async stored(group: GroupId, live: LiveId): Promise<RehearsalLog> {
      const entries: RehearsalLog['entries'] = [];
      for (;;) {
        const after = entries.at(-1)?.seq ?? 0;
        const part = RehearsalLog.parse(await ask('GET', `/${group}/lives/${live}?after=${after}`));
        for (const entry of part.entries) entries.push(entry);
        if (part.entries.length < rehearsalLogPage) return { ...part, entries };
      }
    },
  };
}
export type Operator = ReturnType<typeof operatorOf>;
