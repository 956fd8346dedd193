import type { SettingDescription } from '@sluice/config';
import { renderTable } from './markdown-table.js';

const ACCOUNTS = 'accounts[]';

/** One table per section of the configuration file, in the order of declaration; for accounts one more per provider. */
export function renderSettings(settings: readonly SettingDescription[]): string {
  const titles = new Set(settings.map(titleOf));
  return [...titles]
    .map((title) => `### ${title}\n\n${renderSection(settings.filter((setting) => titleOf(setting) === title))}`)
    .join('\n\n');
}

/** The environment variables that override a setting. */
export function renderEnvironment(settings: readonly SettingDescription[]): string {
  const rows = settings.flatMap(({ environment, path }) =>
    environment === undefined ? [] : [[code(environment), code(path)]],
  );
  return renderTable(['variable', 'overrides'], rows);
}

function renderSection(settings: readonly SettingDescription[]): string {
  const rows = settings.map((setting) => [
    code(memberOf(setting.path)),
    setting.type,
    setting.default === undefined ? '**required**' : setting.default,
    describe(setting),
    setting.hot ? 'hot' : 'restart',
  ]);
  return renderTable(['member', 'allowed', 'default', 'what it does', 'effect'], rows);
}

function titleOf({ path, provider }: SettingDescription): string {
  const [section = path] = path.split('.');
  if (provider !== undefined) return `\`${ACCOUNTS}\` with \`provider: ${provider}\``;
  return section === ACCOUNTS ? `\`${ACCOUNTS}\`, every provider` : code(section);
}

function memberOf(path: string): string {
  const dot = path.indexOf('.');
  return dot < 0 ? path : path.slice(dot + 1);
}

function describe({ description, secret, environment }: SettingDescription): string {
  const notes = [
    description,
    secret ? '**Secret**.' : undefined,
    environment === undefined ? undefined : `Environment: ${code(environment)}.`,
  ];
  return notes.filter((note) => note !== undefined).join(' ');
}

function code(text: string): string {
  return `\`${text}\``;
}
