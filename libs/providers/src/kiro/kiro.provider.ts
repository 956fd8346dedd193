import { SystemClock, type Clock } from '@sluice/core';
import {
  endpointOf,
  joinUrl,
  mergeHeaders,
  ProviderPlugin,
  type Account,
  type Credential,
  type FailedReply,
  type FormatId,
  type ModelInfo,
  type Provider,
  type ProviderDescriptor,
  type UpstreamCall,
  type UpstreamFailure,
  type UpstreamHttp,
  type UpstreamReply,
} from '@sluice/provider-kit';
import { classifyReply } from './classify-reply.js';
import { readCredential } from './credential.js';
import { inferenceBase, managementBase } from './endpoints.js';
import { inferenceHeaders, managementHeaders } from './identity-headers.js';
import { insertProfile } from './insert-profile.js';
import { listKiroModels } from './list-models.js';
import { machineIdOf } from './machine-id.js';
import { kiroModelId } from './model-id.js';
import { refreshCredential } from './refresh-credential.js';
import { KiroSettings } from './settings.js';

const ENDPOINTS: Readonly<Partial<Record<FormatId, string>>> = { kiro: '/generateAssistantResponse' };

/**
 * Kiro (AWS CodeWhisperer) as its editor speaks to it, by access token or by a login that is renewed.
 * @see https://kiro.dev
 */
@ProviderPlugin()
export class KiroProvider implements Provider {
  readonly descriptor: ProviderDescriptor = {
    id: 'kiro',
    displayName: 'Kiro',
    documentation: 'https://kiro.dev/docs',
    credentials: ['oauth'],
    settings: KiroSettings,
    secretSettings: ['accessToken', 'refreshToken', 'clientSecret'],
    readCredential,
    retry: { perAccount: 3, perRequest: 9 },
  };

  constructor(
    private readonly http: UpstreamHttp,
    private readonly clock: Clock = new SystemClock(),
  ) {}

  formats(): readonly FormatId[] {
    return ['kiro'];
  }

  modelId(model: string): string {
    return kiroModelId(model);
  }

  send(call: UpstreamCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, query, body } = call;
    const profileArn = profileOf(account, credential);
    const headers = inferenceHeaders(credential.secret, machineOf(account, credential));
    return this.http.send({
      method: 'POST',
      url: joinUrl(inferenceBase(settingsOf(account), profileArn), endpointOf(ENDPOINTS, call), query),
      headers: mergeHeaders(headers, account.headers),
      body: insertProfile(body, profileArn),
      transport: account.transport,
      cancellation,
    });
  }

  classify(reply: FailedReply): UpstreamFailure | undefined {
    return classifyReply(reply);
  }

  refreshCredential(credential: Credential, account: Account, signal: AbortSignal): Promise<Credential> {
    return refreshCredential({ http: this.http, account, credential, signal, nowMs: this.clock.now() });
  }

  listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const profileArn = profileOf(account, credential);
    return listKiroModels({
      http: this.http,
      account,
      baseUrl: managementBase(settingsOf(account), profileArn),
      profileArn,
      headers: managementHeaders(credential.secret, machineOf(account, credential)),
      signal,
    });
  }
}

/** The operator's word counts before what a renewal brought. */
function profileOf(account: Account, { details }: Credential): string | undefined {
  return settingsOf(account).profileArn ?? details?.['profileArn'];
}

function machineOf(account: Account, { details }: Credential): string {
  return machineIdOf({
    declared: settingsOf(account).machineId ?? details?.['machineId'],
    refreshToken: details?.['refreshToken'],
    accountId: account.id,
  });
}

function settingsOf(account: Account): KiroSettings {
  return account.settings as KiroSettings; // checked by the schema when the account was declared
}
