import { describeProviderConformance } from '@sluice/provider-kit/conformance';
import { ACME_REPLIES } from './acme-replies.js';
import { AcmeProvider } from './acme.provider.js';

describe('AcmeProvider', () => {
  describeProviderConformance({
    create: (http) => new AcmeProvider(http),
    settings: (origin) => ({ apiKey: 'key', baseUrl: origin }),
    model: 'acme-1',
    path: '/v1/chat',
    auth: { authorization: 'Bearer key' },
    replies: ACME_REPLIES,
  });
});
