import { runMockUpstreamProcess } from './run-mock-upstream-process.js';

// Started by `node dist/process.js`; ends on a signal, or with its parent when that opened an IPC channel.
const mock = await runMockUpstreamProcess({
  argv: process.argv.slice(2),
  env: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
});
for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
  process.once(event, () => void mock.stop().then(() => process.exit(0)));
}
