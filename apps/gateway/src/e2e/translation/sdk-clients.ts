import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { GoogleGenAI } from '@google/genai';
import { CLIENT_KEY } from '../harness/test-configuration.js';

/** What AWS's SDK hands to its transport, as far as this one needs it. */
interface HttpCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

interface HttpReply {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

/** Google's SDK without its retries. */
export function googleClient(url: string, apiKey = CLIENT_KEY): GoogleGenAI {
  return new GoogleGenAI({ apiKey, httpOptions: { baseUrl: url, fetch, retryOptions: { attempts: 1 } } });
}

/** AWS's SDK with an API key, without its retries and over plain HTTP/1.1, which the mock speaks. */
export function bedrockClient(endpoint: string, token = CLIENT_KEY): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    endpoint,
    region: 'us-east-1',
    token: { token },
    authSchemePreference: ['httpBearerAuth'],
    maxAttempts: 1,
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: async (call: HttpCall) => ({ response: await send(endpoint, call) }),
    },
  });
}

function send(endpoint: string, { method, path, headers, body }: HttpCall): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${endpoint}${path}`, { method, headers, agent: false }, (reply) => {
      resolve({ statusCode: reply.statusCode ?? 0, headers: reply.headers, body: reply });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
