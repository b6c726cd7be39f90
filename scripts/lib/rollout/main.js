import { parseArgs } from 'node:util';
import { api, FaultReply, isFaultCode, RolloutView } from '../../../packages/protocol/src/index.ts';
import { dataFolder, keepSecrets, readRunning } from '../data-folder.js';
import { StartFailure } from '../failure.js';

/** @import { Rollout } from '../../../packages/protocol/src/index.ts' */

const help = `npm run rollout                          who has group-live, and what came of it
npm run rollout -- --people 25           25 of a hundred people have it, wherever they are
npm run rollout -- --groups 10           everybody in 10 of a hundred groups has it
npm run rollout -- --in person:<id>      this one has it; also group:<id>; as often as you like
npm run rollout -- --out group:<id>      nobody there has it, whatever else is said
npm run rollout -- --gate noStarts       nothing new starts anywhere, what runs goes on
npm run rollout -- --gate off            that ends, too
npm run rollout -- --gate open           on again
It asks the Groupcast that runs on this machine; for another: --url <address> --key <operator key>.`;

const { values } = parseArgs({
  options: {
    ...{ people: { type: 'string' }, groups: { type: 'string' }, gate: { type: 'string' } },
    in: { type: 'string', multiple: true },
    out: { type: 'string', multiple: true },
    ...{ url: { type: 'string' }, key: { type: 'string' }, help: { type: 'boolean' } },
  },
});

/** @returns {{ url: string, key: string }} */
function whom() {
  const folder = dataFolder(process.env['DATA_DIR']);
  const running = readRunning(folder);
  const url = values.url ?? running?.['url'];
  if (typeof url !== 'string') throw new StartFailure('Groupcast does not run here: start it, or say --url and --key.');
  return { url, key: values.key ?? process.env['OPERATOR_KEY'] ?? keepSecrets(folder).operatorKey };
}

/** @param {{ url: string, key: string }} at @param {object} [body] */
async function ask({ url, key }, body) {
  const reply = await fetch(new URL(api.rollout.path.replace(':feature', 'group-live'), url), {
    method: body ? 'PUT' : 'GET',
    headers: {
      ...{ authorization: `Bearer ${key}`, origin: new URL(url).origin },
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const said = await reply.json();
  if (reply.ok) return RolloutView.parse(said);
  const { fault } = FaultReply.parse(said);
  throw new StartFailure(wordsOf(fault));
}

/** @param {string} fault */
function wordsOf(fault) {
  if (fault === 'shareShrinks')
    return 'Refused: somebody would lose what they have. Shares only grow; name with --out who is to lose it.';
  if (fault === 'stale') return 'Somebody else changed it in this moment. Look again, and try once more.';
  if (fault === 'invalid')
    return 'Refused: a share is a whole number from 0 to 100, a gate is open, noStarts or off, a name is person:<id> or group:<id>.';
  return isFaultCode(fault) ? `Refused: ${fault}.` : 'That was not understood; is it a Groupcast of this version?';
}

/**
 * @param {Rollout['in']} named
 * @param {readonly string[]} more
 */
function withNames(named, more = []) {
  const of = (/** @type {string} */ kind) =>
    more.flatMap((one) => (one.startsWith(`${kind}:`) ? [one.slice(kind.length + 1)] : []));
  const stray = more.find((one) => !/^(person|group):/.test(one));
  if (stray !== undefined) throw new StartFailure(`${stray} is no name; say person:<id> or group:<id>.`);
  return {
    groups: [...new Set([...named.groups, ...of('group')])],
    people: [...new Set([...named.people, ...of('person')])],
  };
}

/** @param {Rollout} rollout */
const changed = (rollout) => ({
  ...rollout,
  ...(values.people !== undefined && { people: Number(values.people) }),
  ...(values.groups !== undefined && { groups: Number(values.groups) }),
  ...(values.gate !== undefined && { gate: values.gate }),
  in: withNames(rollout.in, values.in),
  out: withNames(rollout.out, values.out),
});

const gates = {
  open: 'open',
  noStarts: 'nothing new starts, what runs goes on',
  off: 'off: nothing starts, what ran has ended',
};

/** @param {RolloutView} view */
const reportOf = ({ rollout: { people, groups, gate, ...named }, reach, effect }) =>
  `group-live   ${gates[gate]}
share        ${people} % of people, ${groups} % of groups
named in     ${named.in.people.length} people, ${named.in.groups.length} groups
named out    ${named.out.people.length} people, ${named.out.groups.length} groups
met it       ${reach.people} people in ${reach.groups} groups
since then   ${effect.starts} lives on air, ${effect.failures} that never came on air
`;

try {
  if (values.help) {
    process.stdout.write(`${help}\n`);
  } else {
    const at = whom();
    const before = await ask(at);
    const shares = [values.people, values.groups, values.in, values.out].some((one) => one !== undefined);
    const { version, rollout } = before;
    // Who begins to roll out says how far; before that all have it, though nobody said so.
    const from = version === 0 && shares ? { ...rollout, people: 0, groups: 0 } : rollout;
    const view = shares || values.gate !== undefined ? await ask(at, { version, rollout: changed(from) }) : before;
    process.stdout.write(reportOf(view));
  }
} catch (error) {
  const words =
    error instanceof StartFailure
      ? error.message
      : `Groupcast cannot be reached (${error instanceof Error ? error.message : error}).`;
  process.stderr.write(`${words}\n`);
  process.exitCode = 1;
}
