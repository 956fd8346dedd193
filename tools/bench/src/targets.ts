import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WIRE_SHAPES } from './wire/wire-shapes.js';

export type TargetId = 'direct' | 'raw' | 'bare' | 'nest-shell' | 'nest-plain' | 'sluice' | 'portkey';

/** What a target is told when it starts. */
export interface LaunchContext {
  readonly port: number;
  readonly mockPort: number;
  /** Temporary folder for configuration files. */
  readonly folder: string;
}

export interface Launch {
  /** Arguments of node. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Target {
  readonly id: TargetId;
  /** Speaks the client's format and translates; the others are asked in the upstream's format. */
  readonly translates: boolean;
  /** Relays bytes untouched, so that every byte of an answer can be checked. */
  readonly isExact: boolean;
  /** Somebody else's product: its wrong answers are reported and are no failure of ours. */
  readonly isPeer: boolean;
  /** How to start it; a string says why it cannot be measured here. `direct` has nothing to start. */
  readonly launch?: (context: LaunchContext) => Launch | string;
  readonly headers: (mockPort: number) => Readonly<Record<string, string>>;
}

const PORTKEY_FOLDER_VARIABLE = 'SLUICE_BENCH_PORTKEY_DIR';
const GATEWAY_BUNDLE = fileURLToPath(new URL('../../../dist/apps/gateway/main.js', import.meta.url));
const CLIENT_KEY = 'sk-sluice-bench';
/** Both spellings of the key and the version that Anthropic clients send; every target gets the same request. */
const CLIENT_HEADERS = {
  authorization: `Bearer ${CLIENT_KEY}`,
  'x-api-key': CLIENT_KEY,
  'anthropic-version': '2023-06-01',
};

const ours = { translates: false, isExact: true, isPeer: false, headers: () => CLIENT_HEADERS } as const;

export const TARGETS: Readonly<Record<TargetId, Target>> = {
  direct: { ...ours, id: 'direct' },
  raw: { ...ours, id: 'raw', launch: script('raw-proxy.js') },
  bare: { ...ours, id: 'bare', launch: script('bare-relay.js') },
  'nest-shell': { ...ours, id: 'nest-shell', launch: script('nest-shell.js', 'stable') },
  'nest-plain': { ...ours, id: 'nest-plain', launch: script('nest-shell.js', 'plain') },
  sluice: { ...ours, id: 'sluice', translates: true, launch: launchSluice },
  portkey: {
    id: 'portkey',
    translates: false,
    isExact: false,
    isPeer: true,
    launch: launchPortkey,
    headers: (mockPort) => ({
      ...CLIENT_HEADERS,
      'x-portkey-provider': 'openai',
      'x-portkey-custom-host': `http://127.0.0.1:${mockPort}/v1`,
    }),
  },
};

function script(file: string, ...extra: readonly string[]): (context: LaunchContext) => Launch {
  const path = fileURLToPath(new URL(`targets/${file}`, import.meta.url));
  return ({ port, mockPort }) => ({ args: [path, String(port), String(mockPort), ...extra] });
}

/** The bundled gateway as it runs in production: key check on, one account per upstream format, one log line per request. */
function launchSluice({ port, mockPort, folder }: LaunchContext): Launch | string {
  if (!existsSync(GATEWAY_BUNDLE)) return 'dist/apps/gateway/main.js is not built (npm run build)';
  const configFile = join(folder, `sluice-${port}.json`);
  writeFileSync(configFile, JSON.stringify(sluiceConfiguration(port, mockPort), null, 2));
  return {
    args: [GATEWAY_BUNDLE],
    env: {
      SLUICE_CONFIG: configFile,
      SLUICE_HOST: '127.0.0.1',
      SLUICE_PORT: String(port),
      SLUICE_DATA: join(folder, `sluice-${port}`),
      SLUICE_LOG_LEVEL: 'info',
    },
  };
}

function sluiceConfiguration(port: number, mockPort: number): object {
  return {
    server: { host: '127.0.0.1', port },
    database: { url: 'none' },
    apiKeys: [{ name: 'bench', key: CLIENT_KEY }],
    accounts: Object.values(WIRE_SHAPES).map(({ account }) => account(`http://127.0.0.1:${mockPort}`)),
  };
}

function launchPortkey({ port }: LaunchContext): Launch | string {
  const folder = process.env[PORTKEY_FOLDER_VARIABLE];
  if (folder === undefined) return `not installed (set ${PORTKEY_FOLDER_VARIABLE}, see the README)`;
  const server = join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  if (!existsSync(server)) return `${PORTKEY_FOLDER_VARIABLE} has no node_modules/@portkey-ai/gateway`;
  return { args: [server, '--headless', `--port=${port}`] };
}
