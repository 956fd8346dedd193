import { CLIENT_KEY_VARIABLE } from '@sluice/config';

export interface BannerFacts {
  readonly url: string;
  /** Undefined = there is no file, the demo account answers. */
  readonly config: string | undefined;
  /** A model that clients can ask for; undefined = the vendors know. */
  readonly model?: string | undefined;
  /** The process of the demo account's vendor. */
  readonly demoVendorPid: number | undefined;
  /** What the configuration of kiro-rs comes to as a sluice.yaml; undefined = the configuration is ours. */
  readonly kiroRs?: string | undefined;
  /** What the variables of an older gateway come to as a sluice.yaml; undefined = there are none, or nobody looked. */
  readonly environment?: string | undefined;
  /** How it is stopped: `Ctrl-C`, or a command. */
  readonly stopWith: string;
  readonly startedInMs: number;
}

/** What `sluice run` prints when it listens: where, with what, and a call to copy. */
export function banner(facts: BannerFacts): string {
  const { url, config, model: known, demoVendorPid, kiroRs, environment, stopWith, startedInMs } = facts;
  const isDemo = config === undefined && environment === undefined;
  const model = isDemo ? 'demo' : (known ?? '<model>');
  const keyVariable = environment === undefined ? 'SLUICE_KEY' : CLIENT_KEY_VARIABLE;
  const key = isDemo ? '' : ` -H "authorization: Bearer $${keyVariable}"`;
  const body = `{"model":"${model}","stream":true,"messages":[{"role":"user","content":"Hello"}]}`;
  return [
    '',
    `  Sluice listens on ${url}  (after ${(startedInMs / 1000).toFixed(1)} s)`,
    ...(isDemo ? demoLines(demoVendorPid) : []),
    ...(config === undefined ? [] : [`  configuration: ${config}`]),
    ...(kiroRs === undefined ? [] : yamlLines('it is a config.json of kiro-rs', kiroRs)),
    ...(environment === undefined
      ? []
      : yamlLines('no configuration file, but the variables of an older gateway', environment)),
    '',
    isDemo ? '  Try it:' : `  Try it (GET ${url}/v1/models lists the models that a key can use):`,
    `    curl -N ${url}/v1/chat/completions${key} -H 'content-type: application/json' \\`,
    `      -d '${body}'`,
    '',
    `  OpenAI clients:    baseURL ${url}/v1`,
    `  Anthropic clients: baseURL ${url}`,
    `  Stop with ${stopWith}.`,
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

function yamlLines(what: string, yaml: string): string[] {
  const lines = yaml.trimEnd().split('\n');
  return [`  ${what}; the same as sluice.yaml:`, '', ...lines.map((line) => `    ${line}`)];
}
