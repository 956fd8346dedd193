import { joinUrl, mergeHeaders, type UpstreamCall, type UpstreamHttp, type UpstreamReply } from '@sluice/provider-kit';
import { machineOf, profileOf, regionPlaces, settingsOf } from '../credential.js';
import { toolCallHeaders } from '../identity-headers.js';
import { insertProfile } from '../insert-profile.js';
import { apiRegion } from '../regions.js';
import { inferenceBase } from './hosts.js';

const TOOLS_PATH = '/mcp';

/** The format writes this member first, so that nobody has to look through a whole conversation for it. */
const JSON_RPC = Buffer.from('{"jsonrpc":');

/** Whether a body calls one of the vendor's own tools instead of a model: then it is JSON-RPC. */
export function isToolCall(body: Buffer): boolean {
  return body.subarray(0, JSON_RPC.length).equals(JSON_RPC);
}

/**
 * Calls a tool that the vendor runs (web search). The answer is one document.
 * @throws GatewayError as `UpstreamHttp.send` does
 */
export function sendToolCall(http: UpstreamHttp, call: UpstreamCall): Promise<UpstreamReply> {
  const { account, credential, body, cancellation } = call;
  const settings = settingsOf(account);
  const arn = credential.kind === 'api-key' ? undefined : profileOf(account, credential);
  const region = apiRegion(regionPlaces(account, credential), arn);
  const identity = { credential, machineId: machineOf(account, credential), versions: settings };
  return http.send({
    method: 'POST',
    url: joinUrl(inferenceBase(settings, region), TOOLS_PATH),
    headers: mergeHeaders(toolCallHeaders(identity, arn), account.headers),
    body: insertProfile(body, arn),
    transport: account.transport,
    cancellation,
  });
}
