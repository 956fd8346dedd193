import { sendRaw } from '@sluice/testing';
import { runMockUpstreamProcess } from './run-mock-upstream-process.js';

describe('runMockUpstreamProcess', () => {
  it('prints where it listens', async () => {
    const lines: string[] = [];

    const mock = await runMockUpstreamProcess({ argv: [], env: {}, print: (line) => void lines.push(line) });
    const reply = await sendRaw(`${mock.url}/v1/models`, { method: 'GET' });
    await mock.stop();

    expect(reply.status).toBe(200);
    expect(lines).toEqual([`{"url":"http://127.0.0.1:${mock.port}","port":${mock.port}}`]);
  });

  it('takes the port from its arguments before the environment', async () => {
    const first = await runMockUpstreamProcess({ argv: [], env: {}, print: () => undefined });
    const start = (argv: string[], port: string) =>
      runMockUpstreamProcess({ argv, env: { MOCK_UPSTREAM_PORT: port }, print: () => undefined });

    await expect(start(['--port', String(first.port)], '0')).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(start([], String(first.port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.stop();
  });

  it.each([
    [['--port', 'http'], '--port must be a whole number'],
    [['--colour'], '--colour'],
  ])('refuses %j', async (argv, message) => {
    await expect(runMockUpstreamProcess({ argv, env: {}, print: () => undefined })).rejects.toThrow(message);
  });
});
