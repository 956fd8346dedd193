import { randomUUID } from 'node:crypto';
import type { WireHeaders } from '@sluice/provider-kit';

/** What the editor's own client says of itself; seen 2026-02, client 0.9.2. They only have to fit together. */
const EDITOR_VERSION = '0.9.2';
const SYSTEM = 'darwin#24.6.0';
const NODE_VERSION = '22.21.1';
const STREAMING_SDK = '1.0.27';
const RUNTIME_SDK = '1.0.0';
const OIDC_SDK = '3.738.0';

/** Inference. */
export function inferenceHeaders(accessToken: string, machineId: string): WireHeaders {
  const editor = `KiroIDE-${EDITOR_VERSION}-${machineId}`;
  return {
    accept: '*/*',
    authorization: `Bearer ${accessToken}`,
    'content-type': 'application/json',
    'user-agent': userAgent(`codewhispererstreaming#${STREAMING_SDK}`, STREAMING_SDK, 'm/E', editor),
    'x-amz-user-agent': `aws-sdk-js/${STREAMING_SDK} ${editor}`,
    'x-amzn-codewhisperer-optout': 'true', // no use of content for training
    'x-amzn-kiro-agent-mode': 'vibe',
    ...attemptHeaders(3),
  };
}

/** Operations beside inference. */
export function managementHeaders(accessToken: string, machineId: string): WireHeaders {
  const editor = `KiroIDE-${EDITOR_VERSION}-${machineId}`;
  return {
    authorization: `Bearer ${accessToken}`,
    'user-agent': userAgent(`codewhispererruntime#${RUNTIME_SDK}`, RUNTIME_SDK, 'm/N,E', editor),
    'x-amz-user-agent': `aws-sdk-js/${RUNTIME_SDK} ${editor}`,
    ...attemptHeaders(1),
  };
}

/** Renewal of a social login. */
export function socialAuthHeaders(machineId: string): WireHeaders {
  return {
    accept: 'application/json, text/plain, */*',
    'user-agent': `KiroIDE-${EDITOR_VERSION}-${machineId}`,
  };
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

function userAgent(api: string, sdk: string, mode: string, editor: string): string {
  return `aws-sdk-js/${sdk} ua/2.1 os/${SYSTEM} lang/js md/nodejs#${NODE_VERSION} api/${api} ${mode} ${editor}`;
}

/** @param max how many attempts the vendor's own client would make */
function attemptHeaders(max: number): WireHeaders {
  return { 'amz-sdk-invocation-id': randomUUID(), 'amz-sdk-request': `attempt=1; max=${max}` };
}
