import type { Setting } from '../setting';
import { groupSettings } from './group-settings';

const WIDTH = 110;

const HEAD = `# Settings: cp .env.example .env
#
# Read by \`npm start\` and by \`docker compose\`; variables of the environment override it. Each line shows the
# default, and an empty value means "not set". A value that holds # $ or quotes goes in single quotes, because
# the two readers treat it differently without: REDIS_PASSWORD='ab#cd'. Save the file as UTF-8.
`;

/** The text of .env.example. */
export function envExample(): string {
  const groups = [...groupSettings()].map(
    ([title, settings]) => `\n# --- ${title}\n\n${settings.map(entry).join('\n')}`,
  );
  return HEAD + groups.join('');
}

function entry({ variable, meaning, form, default: fallback, example }: Setting<unknown>): string {
  const comment = wrap(`${meaning} Value: ${form}.`).map((line) => `# ${line}\n`);
  return `${comment.join('')}${variable}=${example ?? fallback}\n`;
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
