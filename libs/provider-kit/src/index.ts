export type { AccountExpansion, ExpandedAccount } from './account-expansion.js';
export type { Account, Credential, CredentialKind, Transport, UpstreamTimeouts, UpstreamTls } from './account.js';
export type { AdaptableRequest, AdaptedRequest } from './adapted-request.js';
export { apiKeyCredential } from './api-key-credential.js';
export { baseUrlSetting } from './base-url-setting.js';
export { bearer } from './headers/bearer.js';
export { callHeaders, type OwnHeaders } from './headers/call-headers.js';
export { forwardCallHeaders } from './headers/forward-call-headers.js';
export { classifyFailure, FAILURE_REACTIONS } from './classify-failure.js';
export { endpointOf } from './endpoint-of.js';
export {
  FORWARDED_REQUEST_HEADERS,
  forwardRequestHeaders,
  forwardWholeRequestHeaders,
  headersForFormat,
} from './headers/forward-request-headers.js';
export { joinUrl, joinWholeBaseUrl } from './join-url.js';
export { LoginFailure } from './login/login-failure.js';
export type {
  AccountChange,
  Balance,
  BroughtAccount,
  LoginImport,
  LoginProvider,
  LoginScreen,
  LoginStage,
  LoginWish,
  StoredLogin,
} from './login/login-provider.js';
export {
  grantedBody,
  oauthErrorOf,
  positiveNumber,
  requiredText,
  takeLoginStep,
  type LoginReply,
} from './login/login-step.js';
export type { LoginTools } from './login/login-tools.js';
export {
  listenForCallback,
  PortsTakenError,
  type LoopbackCallback,
  type LoopbackOptions,
} from './login/loopback-callback.js';
export { declaredOAuth, oauthCredential, readTokens, type OAuthTokens } from './login/oauth-tokens.js';
export { pollLogin, type LoginPolling, type PollOutcome } from './login/poll-login.js';
export { createProofKey, type ProofKey } from './login/proof-key.js';
export { renewTokens, type TokenRenewal } from './login/renew-tokens.js';
export { receiveCode, type CodeRequest, type ReceivedCode } from './login/receive-code.js';
export { withLocation } from './headers/with-location.js';
export { FileLockError, withFileLock, type FileLockOptions } from './files/file-lock.js';
export { LaterAttempts, type CallLater } from './files/later-attempts.js';
export { replaceFile } from './files/replace-file.js';
export { systemErrorCode } from './files/system-error-code.js';
export { mergeHeaders } from './headers/merge-headers.js';
export {
  MAX_LISTED_ACCOUNTS,
  MODEL_LIST_RETRY_MS,
  MODEL_LIST_TIMEOUT_MS,
  MODEL_LIST_TTL_MS,
  ModelListing,
  type ModelList,
} from './model-listing.js';
export { OpenAiStyle, type OpenAiStyleOptions } from './openai-style.js';
export { ProviderKitModule, UPSTREAM_HTTP_OPTIONS, type ProviderKitAsyncOptions } from './provider-kit.module.js';
export { PROVIDER_PLUGIN, ProviderPlugin } from './provider-plugin.js';
export { ProviderRegistry } from './provider-registry.js';
export type {
  ApiFamily,
  CountCall,
  FailedReply,
  ForwardCall,
  ForwardMethod,
  ModelInfo,
  Provider,
  ProviderDescriptor,
  RetryBudget,
  StreamedBody,
  UpstreamCall,
  UpstreamReply,
} from './provider.js';
export { readBody } from './http/read-body.js';
export { kindOfStatus, replyFailure } from './http/reply-failure.js';
export { MAX_JSON_BYTES, requestJson, type JsonReply, type JsonRequest } from './http/request-json.js';
export { bodyRetryHintMs } from './headers/body-retry-hint.js';
export {
  LOW_REQUESTS,
  LOW_SHARE,
  rateLimitHints,
  type RateLimitHint,
  type RateLimitHints,
} from './headers/rate-limit-hints.js';
export { MAX_REPORTED_WORD_CHARACTERS, reportedLimits, type ReportedLimit } from './headers/reported-limits.js';
export { MAX_RETRY_AFTER_MS, retryAfterMs } from './headers/retry-after.js';
export { returnResponseHeaders, UPSTREAM_REQUEST_ID } from './headers/return-response-headers.js';
export { DIRECT, MAX_POOLS } from './http/upstream-pools.js';
export {
  FetchError,
  GuardedFetch,
  type FetchedBody,
  type FetchFlaw,
  type FetchLimits,
  type GuardedFetchOptions,
} from './http/guarded-fetch.js';
export { isPublicAddress } from './http/public-address.js';
export { UpstreamHttp, type UpstreamHttpOptions, type UpstreamRequest } from './http/upstream-http.js';
export { USER_AGENT } from './headers/user-agent.js';

// what a provider's own code names of the layers below, so that another team's package depends on this one alone
export { GatewayError, type FormatId, type UpstreamFailure, type WireHeaders } from '@sluice/core';
export type { PushSource } from '@sluice/streaming';
export { z } from 'zod';
export { isOwnWrite, rememberOwnWrite } from './source-files/own-writes.js';
export { digestText, type SourceFile } from './source-files/source-file.js';
export { noteSourceFiles, sourceFilesOf } from './source-files/source-files-of-error.js';
