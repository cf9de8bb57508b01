import { flatSettings } from '../flat-settings';

/** The environment of the API in docker-compose.yml, from the line `environment:` on. */
export function composeEnvironment(): string {
  const settings = flatSettings().filter(({ compose }) => compose !== 'absent');
  const fixed = settings.filter(({ compose }) => compose !== undefined);
  const passed = settings.filter(({ compose }) => compose === undefined);
  const lines = [
    'environment:',
    ...fixed.map(({ variable, compose }) => `  ${variable}: ${compose}`),
    '  # Without a value: as in .env, else the default of the application.',
    ...passed.map(({ variable }) => `  ${variable}:`),
  ];
  return lines.map((line) => `    ${line}\n`).join('');
}
