import type { JsonObject } from '@sluice/core';
import type { MockRequest } from '../mock-request.js';
import { RequestRefusal, type ErrorDetail, type VendorDialect } from '../vendor-dialect.js';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const CODE_SECONDS = 900;
const INTERVAL_SECONDS = 5;
const REFRESH_SECONDS = 1_500;
/** 2099-01-01, in Unix seconds: a fixed end keeps equal requests equal. */
const TOKEN_END = 4_070_908_800;

/** A call to GitHub: what its body must bring, and what it is answered with. */
interface GithubCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly members?: readonly string[];
  answer(call: { readonly digest: string; readonly request: MockRequest }): JsonObject;
}

/**
 * GitHub's device flow, and what it says of an account of Copilot. Every token of Copilot is another one, as there; a refusal of
 * the flow has to be scripted with the status 200 and its body, as there.
 */
export const COPILOT_LOGIN_DIALECTS: readonly VendorDialect[] = [
  githubDialect({
    method: 'POST',
    path: '/login/device/code',
    members: ['client_id', 'scope'],
    answer: ({ digest }) => ({
      device_code: digest,
      user_code: 'MOCK-CODE',
      verification_uri: 'https://github.example.org/login/device',
      expires_in: CODE_SECONDS,
      interval: INTERVAL_SECONDS,
    }),
  }),
  githubDialect({
    method: 'POST',
    path: '/login/oauth/access_token',
    members: ['client_id', 'device_code', 'grant_type'],
    answer: ({ digest }) => ({ access_token: `ghu_Mock${digest}`, token_type: 'bearer', scope: '' }),
  }),
  githubDialect({ method: 'GET', path: '/user', answer: () => ({ login: 'mock-octocat', id: 1, type: 'User' }) }),
  githubDialect({
    method: 'GET',
    path: '/copilot_internal/v2/token',
    answer: ({ digest, request }) => ({
      token: `tid=${digest};exp=${TOKEN_END};n=${request.sequence}`,
      expires_at: TOKEN_END,
      refresh_in: REFRESH_SECONDS,
      endpoints: { api: 'https://api.individual.githubcopilot.com' },
      chat_enabled: true,
      sku: 'monthly_subscriber_quota',
    }),
  }),
  githubDialect({
    method: 'GET',
    path: '/copilot_internal/user',
    answer: () => ({
      access_type_sku: 'monthly_subscriber_quota',
      copilot_plan: 'individual',
      quota_reset_date: '2027-01-01',
      quota_snapshots: {
        chat: { entitlement: 0, remaining: 0, percent_remaining: 100, unlimited: true, quota_id: 'chat' },
        premium_interactions: {
          entitlement: 300,
          remaining: 250,
          quota_remaining: 250.5,
          percent_remaining: 83.5,
          unlimited: false,
          overage_count: 0,
          overage_permitted: false,
          quota_id: 'premium_interactions',
        },
      },
    }),
  }),
];

function githubDialect({ method, path, members = [], answer }: GithubCall): VendorDialect {
  const isFor = (request: MockRequest): boolean => request.method === method && request.path === path;
  return {
    name: `github${path}`,
    endpoint: (request) => (isFor(request) ? 'login' : undefined),
    claims: isFor,
    readRequest: () => {
      throw new RequestRefusal('There is no inference here.');
    },
    renderAnswer: () => '',
    renderStream: () => [],
    renderStreamError: (detail) => githubError(500, detail),
    renderError: githubError,
    renderModels: () => '',
    renderLogin: (body, digest, request) => {
      const missing = members.find((member) => typeof body[member] !== 'string' || body[member] === '');
      if (missing !== undefined) throw new RequestRefusal(`${missing} is required`);
      if (members.includes('grant_type') && body['grant_type'] !== DEVICE_GRANT) {
        return JSON.stringify({ error: 'unsupported_grant_type' });
      }
      return JSON.stringify(answer({ digest, request }));
    },
    headers: (requestId) => ({ 'x-github-request-id': requestId }),
  };
}

const MESSAGES: Readonly<Record<number, string>> = {
  401: 'Bad credentials',
  403: 'Resource not accessible by integration',
  404: 'Not Found',
};

/** @see https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
function githubError(status: number, { message }: ErrorDetail): string {
  return JSON.stringify({
    message: message ?? MESSAGES[status] ?? 'Server Error',
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  });
}
