import { headerValue, type JsonObject } from '@sluice/core';
import type { MockRequest } from '../mock-request.js';
import { RequestRefusal, type Endpoint, type VendorDialect } from '../vendor-dialect.js';
import { kiroError } from './error-bodies.js';
import { PROFILE_ARN } from './login-dialects.js';

const LIST_PROFILES_TARGET = 'AmazonCodeWhispererService.ListAvailableProfiles';
const USAGE_PATH = '/getUsageLimits';
/** 2027-01-01, in Unix seconds. */
const NEXT_RESET = 1_798_761_600;

/** The profiles of an account: asked for at the root, with the operation in a header. */
export const KIRO_PROFILES_DIALECT: VendorDialect = sideDialect({
  name: 'kiro-profiles',
  endpoint: 'login',
  isFor: ({ method, path, headers }) =>
    method === 'POST' && path === '/' && headerValue(headers, 'x-amz-target') === LIST_PROFILES_TARGET,
  answer: { profiles: [{ arn: PROFILE_ARN, profileName: 'Mock' }], nextToken: null },
});

/** What an account may use and has used. */
export const KIRO_USAGE_DIALECT: VendorDialect = sideDialect({
  name: 'kiro-usage',
  endpoint: 'models',
  isFor: ({ method, path }) => method === 'GET' && path === USAGE_PATH,
  answer: {
    nextDateReset: NEXT_RESET,
    userInfo: { email: 'mock@example.org', userId: 'mock-user' },
    subscriptionInfo: { subscriptionTitle: 'KIRO PRO', type: 'Q_DEVELOPER_STANDALONE_PRO' },
    overageConfiguration: { overageStatus: 'DISABLED' },
    usageBreakdownList: [
      {
        resourceType: 'CREDIT',
        currentUsage: 12,
        currentUsageWithPrecision: 12.34,
        usageLimit: 1000,
        usageLimitWithPrecision: 1000,
        nextDateReset: NEXT_RESET,
      },
    ],
  },
});

interface SideOperation {
  readonly name: string;
  /** Whether it reads a body. */
  readonly endpoint: Extract<Endpoint, 'login' | 'models'>;
  isFor(request: MockRequest): boolean;
  readonly answer: JsonObject;
}

function sideDialect({ name, endpoint, isFor, answer }: SideOperation): VendorDialect {
  const text = JSON.stringify(answer);
  return {
    name,
    endpoint: (request) => (isFor(request) ? endpoint : undefined),
    claims: isFor,
    readRequest: () => {
      throw new RequestRefusal('There is no inference here.');
    },
    renderAnswer: () => '',
    renderStream: () => [],
    renderStreamError: (detail) => JSON.stringify(kiroError(500, detail)),
    renderError: (status, detail) => JSON.stringify(kiroError(status, detail)),
    renderModels: () => text,
    renderLogin: () => text,
    headers: (requestId) => ({ 'x-amzn-requestid': requestId }),
  };
}
