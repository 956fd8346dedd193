import { AccountPool } from '@sluice/accounts';
import { ProviderRegistry, type Provider } from '@sluice/provider-kit';
import { declareAccount, declareSnapshot } from './__fixtures__/declarations.js';
import { ScriptedProvider } from './__fixtures__/scripted-provider.js';
import { forwardCandidates, leaseFirst } from './forward-account.js';
