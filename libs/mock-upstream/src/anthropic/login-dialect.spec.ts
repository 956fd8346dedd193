import { startMockUpstream } from '../start-mock-upstream.js';

describe('the mock of Anthropic’s logins', () => {
  it('gives tokens for JSON, and none without the proof of the grant', async () => {
    const mock = await startMockUpstream();
    const ask = (body: object) =>
      fetch(`${mock.url}/v1/oauth/token`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      });

    const renewed = await ask({ grant_type: 'refresh_token', client_id: 'c', refresh_token: 'r' });
    const refused = await ask({ grant_type: 'authorization_code', client_id: 'c', code: 'x' });

    expect(await renewed.json()).toMatchObject({
      access_token: expect.stringMatching(/^sk-ant-oat01-/),
      refresh_token: expect.stringMatching(/^sk-ant-ort01-/),
      expires_in: 28_800,
    });
    expect(refused.status).toBe(400);
    await mock.stop();
  });
});
