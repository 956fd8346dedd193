import { randomUUID } from 'node:crypto';
import type { Credential, WireHeaders } from '@sluice/provider-kit';

/** What the editor's own client says of itself; seen 2026-02, client 0.9.2. They only have to fit together. */
const EDITOR_VERSION = '0.9.2';
const SYSTEM = 'darwin#24.6.0';
const NODE_VERSION = '22.21.1';
const STREAMING_SDK = '1.0.27';
const RUNTIME_SDK = '1.0.0';
const OIDC_SDK = '3.738.0';

/** What the command line's client says of itself; seen 2026-07, client 2.15.2. */
const CLI_SDK = 'aws-sdk-rust/1.3.15 ua/2.1 api/codewhispererstreaming/0.1.17975 os/linux lang/rust/1.92.0';
const CLI_VERSION = '2.15.2';
const CLI_APP = 'app/AmazonQ-For-CLI';

/** How many attempts the vendor's own client would make. */
const INFERENCE_ATTEMPTS = 3;
const MANAGEMENT_ATTEMPTS = 1;

const ROOT_TYPE = 'application/x-amz-json-1.0';
const GENERATE = 'AmazonCodeWhispererStreamingService.GenerateAssistantResponse';

/** What may stand in the user agent instead. */
export interface ClientVersions {
  readonly kiroVersion?: string | undefined;
  readonly nodeVersion?: string | undefined;
  readonly systemVersion?: string | undefined;
}

/** Who asks. */
export interface Identity {
  readonly credential: Credential;
  readonly machineId: string;
  readonly versions: ClientVersions;
}

/** Inference, as the editor asks for it. */
export function inferenceHeaders({ credential, machineId, versions }: Identity): WireHeaders {
  const editor = editorName(machineId, versions);
  return {
    accept: '*/*',
    ...authorization(credential),
    'content-type': 'application/json',
    'user-agent': userAgent({
      api: `codewhispererstreaming#${STREAMING_SDK}`,
      sdk: STREAMING_SDK,
      mode: 'm/E',
      editor,
      versions,
    }),
    'x-amz-user-agent': `aws-sdk-js/${STREAMING_SDK} ${editor}`,
    'x-amzn-codewhisperer-optout': 'true', // no use of content for training
    'x-amzn-kiro-agent-mode': 'vibe',
    ...attemptHeaders(INFERENCE_ATTEMPTS),
  };
}

/** Inference, as the command line asks for it: the operation is a header, and so is the profile. */
export function commandLineHeaders({ credential }: Identity, profileArn: string | undefined): WireHeaders {
  return {
    accept: '*/*',
    ...authorization(credential),
    'content-type': ROOT_TYPE,
    'user-agent': `${CLI_SDK} md/appVersion-${CLI_VERSION} ${CLI_APP}`,
    'x-amz-target': GENERATE,
    'x-amz-user-agent': `${CLI_SDK} m/F ${CLI_APP}`,
    'x-amzn-codewhisperer-optout': 'true', // as above
    ...(profileArn === undefined ? {} : { 'x-amzn-kiro-profile-arn': profileArn }),
    ...attemptHeaders(INFERENCE_ATTEMPTS),
  };
}

/** A tool that the vendor runs: the editor's headers of inference, without what is only said of a conversation. */
export function toolCallHeaders(identity: Identity, profileArn: string | undefined): WireHeaders {
  const headers = { ...inferenceHeaders(identity) };
  delete headers['x-amzn-codewhisperer-optout'];
  delete headers['x-amzn-kiro-agent-mode'];
  return { ...headers, ...(profileArn === undefined ? {} : { 'x-amzn-kiro-profile-arn': profileArn }) };
}

/** Operations beside inference. */
export function managementHeaders({ credential, machineId, versions }: Identity): WireHeaders {
  const editor = editorName(machineId, versions);
  return {
    ...authorization(credential),
    'user-agent': userAgent({
      api: `codewhispererruntime#${RUNTIME_SDK}`,
      sdk: RUNTIME_SDK,
      mode: 'm/N,E',
      editor,
      versions,
    }),
    'x-amz-user-agent': `aws-sdk-js/${RUNTIME_SDK} ${editor}`,
    ...attemptHeaders(MANAGEMENT_ATTEMPTS),
  };
}

/** An operation that is named by a header. */
export function operationHeaders(identity: Identity, target: string): WireHeaders {
  return { ...managementHeaders(identity), 'content-type': ROOT_TYPE, 'x-amz-target': target };
}

/** Renewal of a social login. */
export function socialAuthHeaders(machineId: string, versions: ClientVersions): WireHeaders {
  return { accept: 'application/json, text/plain, */*', 'user-agent': editorName(machineId, versions) };
}

/** Renewal by AWS single sign-on. */
export function oidcHeaders(): WireHeaders {
  return {
    accept: '*/*',
    'accept-language': '*',
    'sec-fetch-mode': 'cors',
    'user-agent': 'node',
    'x-amz-user-agent': `aws-sdk-js/${OIDC_SDK} ua/2.1 os/other lang/js md/browser#unknown_unknown api/sso-oidc#${OIDC_SDK} m/E KiroIDE`,
  };
}

/** Two kinds of token are told apart by a header; without it the vendor answers as if they had no rights. */
function authorization({ kind, secret, details }: Credential): WireHeaders {
  const isExternal = details?.['authMethod'] === 'external_idp';
  const type = kind === 'api-key' ? 'API_KEY' : isExternal ? 'EXTERNAL_IDP' : undefined;
  return { authorization: `Bearer ${secret}`, ...(type === undefined ? {} : { tokentype: type }) };
}

function editorName(machineId: string, { kiroVersion = EDITOR_VERSION }: ClientVersions): string {
  return `KiroIDE-${kiroVersion}-${machineId}`;
}

interface UserAgent {
  readonly api: string;
  readonly sdk: string;
  readonly mode: string;
  readonly editor: string;
  readonly versions: ClientVersions;
}

function userAgent({ api, sdk, mode, editor, versions }: UserAgent): string {
  const { systemVersion = SYSTEM, nodeVersion = NODE_VERSION } = versions;
  return `aws-sdk-js/${sdk} ua/2.1 os/${systemVersion} lang/js md/nodejs#${nodeVersion} api/${api} ${mode} ${editor}`;
}

/** @param max how many attempts the vendor's own client would make */
function attemptHeaders(max: number): WireHeaders {
  return { 'amz-sdk-invocation-id': randomUUID(), 'amz-sdk-request': `attempt=1; max=${max}` };
}
