/** What `sluice run` prints when it listens: where, with what, and a call to copy. */
export function banner({
  url,
  config,
  startedInMs,
}: {
  url: string;
  config: string | undefined;
  startedInMs: number;
}): string {
  const model = config === undefined ? 'demo' : '<model>';
  const key = config === undefined ? '' : ` -H "authorization: Bearer $SLUICE_KEY"`;
  const body = `{"model":"${model}","stream":true,"messages":[{"role":"user","content":"Hello"}]}`;
  return [
    '',
    `  Sluice listens on ${url}  (after ${(startedInMs / 1000).toFixed(1)} s)`,
    `  configuration: ${config ?? 'none, so the demo account answers (copy sluice.example.yaml to sluice.yaml for your own)'}`,
    '',
    '  Try it:',
    `    curl -N ${url}/v1/chat/completions${key} -H 'content-type: application/json' \\`,
    `      -d '${body}'`,
    '',
    `  OpenAI clients:    baseURL ${url}/v1`,
    `  Anthropic clients: baseURL ${url}`,
    '  Stop with Ctrl-C.',
    '',
    '',
  ].join('\n');
}
