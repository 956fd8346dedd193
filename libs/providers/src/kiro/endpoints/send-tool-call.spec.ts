import { isToolCall } from './send-tool-call.js';

describe('isToolCall', () => {
  it.each([
    ['{"jsonrpc":"2.0","id":"1","method":"tools/call"}', true],
    ['{"conversationState":{"jsonrpc":"2.0"}}', false],
    ['{"jsonrp', false],
    ['', false],
  ])('tells whether %j is one', (body, expected) => {
    expect(isToolCall(Buffer.from(body))).toBe(expected);
  });
});
