import { GatewayError, type FailedReply } from '@sluice/provider-kit';
import { classifyReply } from './classify-reply.js';

describe('classifyReply', () => {
  const reply = (status: number, body: string, message = body): FailedReply => ({
    status,
    headers: {},
    body: Buffer.from(body),
    error: new GatewayError({ kind: 'upstream_auth_failed', message, upstream: { status, message } }),
  });

  it('takes a model at capacity for a limit of that model', () => {
    expect(classifyReply(reply(400, '{}', 'Selected model is at capacity. Please try another.'))).toMatchObject({
      blame: 'model',
      action: 'next-account',
      error: { kind: 'upstream_rate_limited' },
    });
  });

  it.each(['<!DOCTYPE html><title>Just a moment</title>', '\n<html><body>challenge'])(
    'blames no login for a page that wants a browser: %s',
    (page) => {
      const failure = classifyReply(reply(403, page));

      expect(failure).toMatchObject({ blame: 'account', action: 'next-account', error: { kind: 'upstream_error' } });
      expect(failure?.error.message).not.toContain('html');
    },
  );

  it.each([
    [403, '{"error":{"message":"forbidden"}}'],
    [401, '<html>'],
    [429, '{"error":{"type":"usage_limit_reached"}}'],
  ])('follows the norms for %i %s', (status, body) => {
    expect(classifyReply(reply(status, body))).toBeUndefined();
  });
});
