import { z } from 'zod';
import { settings } from '../../packages/server/src/config.ts';

/** @typedef {{ name: string, description: string, values: string, preset: string }} Row */

/** @returns {Row[]} */
function rows() {
  const { properties = {} } = z.toJSONSchema(settings, { io: 'input' });
  return Object.entries(properties).map(([name, field]) => {
    if (typeof field !== 'object') throw new Error(`${name} has no schema`);
    const { description, default: preset } = field;
    if (!description) throw new Error(`${name} is not described`);
    return { name, description, values: valuesOf(field), preset: presetOf(name, preset) };
  });
}

/** @param {z.core.JSONSchema.BaseSchema} field */
function valuesOf(field) {
  if (field.enum) return field.enum.join(', ');
  if (field.type === 'integer' || field.type === 'number')
    return `${field.minimum ?? `more than ${field.exclusiveMinimum}`} to ${field.maximum}`;
  if (field.format === 'uri') return 'URL';
  return field.minLength ? `text of ${field.minLength} or more` : 'text';
}

/**
 * The JSON schema leaves out the preset of a yes-or-no, because it stands for something else than its text.
 * @param {string} name
 * @param {unknown} preset
 */
function presetOf(name, preset) {
  const parsed = preset ?? settings.partial().safeParse({}).data?.[/** @type {keyof typeof settings.shape} */ (name)];
  if (typeof parsed === 'boolean') return parsed ? 'yes' : 'no';
  return parsed === undefined || parsed === '' ? '' : String(parsed);
}

/** What `npm start -- --help` prints. */
export function helpText() {
  const list = rows().map(
    ({ name, description, values, preset }) =>
      `  ${name}\n      ${description}\n      ${values}${preset ? `; ${preset} when not set` : ''}`,
  );
  return `Groupcast: a group chat of your own in which any member can go live.

  npm start                    start everything; Ctrl-C stops it
  npm start -- --dev           the same for developers: page and server reload on change
  npm start -- --lan           for phones in the same network: https, with a certificate of its own
  npm start -- --lan=ADDRESS   the same at this address of this machine
  npm start -- --help          this text
  PORT=8081 npm start          any setting below is an environment variable
  npm start -- PORT=8081       or an argument

Settings

${list.join('\n')}
`;
}

/** The text of docs/configuration.md. */
export function settingsPage() {
  const lines = rows().map(
    ({ name, description, values, preset }) =>
      `| \`${name}\` | ${description} | ${values} | ${preset ? `\`${preset}\`` : ''} |`,
  );
  return `# Configuration

Every setting is an environment variable (\`PORT=8081 npm start\`) or an argument (\`npm start -- PORT=8081\`); an argument wins. A value that
cannot be used, and a name that is nearly one of these, is refused by name.

<!-- Made by npm run docs from packages/server/src/config.ts; do not edit. -->

| name | meaning | values | when not set |
|---|---|---|---|
${lines.join('\n')}
`;
}
