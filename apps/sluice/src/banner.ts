export interface BannerFacts {
  readonly url: string;
  /** Undefined = there is no file, the demo account answers. */
  readonly config: string | undefined;
  /** The process of the demo account's vendor. */
  readonly demoVendorPid: number | undefined;
  /** What the configuration of kiro-rs comes to as a sluice.yaml; undefined = the configuration is ours. */
  readonly kiroRs?: string | undefined;
  readonly startedInMs: number;
}

/** What `sluice run` prints when it listens: where, with what, and a call to copy. */
export function banner({ url, config, demoVendorPid, kiroRs, startedInMs }: BannerFacts): string {
  const isDemo = config === undefined;
  const model = isDemo ? 'demo' : '<model>';
  const key = isDemo ? '' : ' -H "authorization: Bearer $SLUICE_KEY"';
  const body = `{"model":"${model}","stream":true,"messages":[{"role":"user","content":"Hello"}]}`;
  return [
    '',
    `  Sluice listens on ${url}  (after ${(startedInMs / 1000).toFixed(1)} s)`,
    ...(isDemo ? demoLines(demoVendorPid) : [`  configuration: ${config}`]),
    ...(kiroRs === undefined ? [] : kiroRsLines(kiroRs)),
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

function demoLines(pid: number | undefined): string[] {
  return [
    '  no configuration file: the demo account answers (model "demo"; no key is asked for, no vendor is called)',
    `  its vendor is process ${pid ?? 'unknown'}: kill it to see how a lost vendor is answered`,
    '  your own accounts: copy sluice.example.yaml to sluice.yaml',
  ];
}

function kiroRsLines(yaml: string): string[] {
  const lines = yaml.trimEnd().split('\n');
  return ['  it is a config.json of kiro-rs; the same as sluice.yaml:', '', ...lines.map((line) => `    ${line}`)];
}
