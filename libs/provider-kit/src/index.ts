export type { Account, Credential, CredentialKind, Transport, UpstreamTimeouts, UpstreamTls } from './account.js';
export type {
  FailedReply,
  ModelInfo,
  Provider,
  ProviderDescriptor,
  RetryBudget,
  UpstreamCall,
  UpstreamReply,
} from './provider.js';
