import type { ScriptedReply } from '@sluice/provider-kit/conformance';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Written after Acme's documentation, which does not exist. */
export const ACME_REPLIES = {
  success: {
    status: 200,
    headers: JSON_TYPE,
    chunks: [
      '{"id":"acme-1","object":"chat.completion","created":1760000000,"model":"acme-1","choices":[{"index":0,',
      '"message":{"role":"assistant","content":"Beep."},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}',
    ],
  },
  stream: {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    chunks: [
      'data: {"id":"acme-2","object":"chat.completion.chunk","created":1760000000,"model":"acme-1","choices":[{"index":0,"delta":{"content":"Beep"},"finish_reason":null}]}\n\n',
      'data: {"id":"acme-2","object":"chat.completion.chunk","created":1760000000,"model":"acme-1","choices":[{"index":0,"delta":{"content":" beep."},"finish_reason":"stop"}]}\n\n',
      'data: [DONE]\n\n',
    ],
  },
  unauthorized: { status: 401, headers: JSON_TYPE, chunks: ['{"error":{"message":"Who are you?","type":"auth"}}'] },
  rateLimited: {
    status: 429,
    headers: { ...JSON_TYPE, 'retry-after': '5' },
    chunks: ['{"error":{"message":"Too many beeps.","type":"rate_limit"}}'],
  },
  failure: { status: 500, headers: JSON_TYPE, chunks: ['{"error":{"message":"The coyote is down.","type":"server"}}'] },
} satisfies Record<string, ScriptedReply>;
