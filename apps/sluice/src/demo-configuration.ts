/** The name under which problems of the built-in configuration would be reported. */
export const DEMO_FILE = '(demo)';

/**
 * What `sluice run` serves when it is given no file: one model at a scripted vendor on this machine, in both formats. Nobody
 * needs a key, because there is nothing to protect; that is why it may listen on this machine only.
 */
export function demoConfiguration(vendorUrl: string): string {
  const models = ['demo', 'demo?*'];
  return JSON.stringify({
    server: { allowUnauthenticated: true },
    responses: { store: { enabled: true } }, // previous_response_id works: what clients of that API try second
    accounts: [
      {
        id: 'demo-openai',
        provider: 'openai-compatible',
        baseUrl: `${vendorUrl}/v1`,
        models,
        cooldown: { enabled: false },
      },
      {
        id: 'demo-anthropic',
        provider: 'anthropic',
        baseUrl: vendorUrl,
        apiKey: 'demo',
        models,
        cooldown: { enabled: false },
      },
    ],
  });
}
