import { GatewayError, type Blame, type GatewayErrorKind } from '@sluice/core';
import { spareUnnamedModel } from './spare-unnamed-model.js';

interface Said {
  readonly message: string;
  readonly code?: string;
  readonly kind?: GatewayErrorKind;
  readonly body?: string;
  readonly blame?: Blame;
}

function judge({ message, code, kind = 'upstream_not_found', body = '{"error":{}}', blame = 'model' }: Said) {
  const upstream = { status: 404, message, ...(code !== undefined && { code }) };
  const error = new GatewayError({ kind, message, upstream });
  const reply = { status: 404, headers: {}, body: Buffer.from(body), error };
  return spareUnnamedModel({ error, blame, action: 'next-account' }, reply, 'gpt-9');
}

describe('spareUnnamedModel', () => {
  it.each<Said>([
    { message: 'No such File object: file-123' },
    { message: "Item with id 'rs_1' not found. Items are not persisted when `store` is set to false." },
    { message: 'Not found' },
  ])('blames the request for what only it names: $message', (said) => {
    expect(judge(said)).toMatchObject({ blame: 'request', action: 'next-account' });
  });

  it.each<Said>([
    { message: 'The model `gpt-9` does not exist or you do not have access to it.', code: 'model_not_found' },
    { message: 'model: claude-9' },
    { message: 'models/gemini-9 is not found for API version v1beta' },
    { message: 'gpt-9: no such thing' },
    { message: 'Unknown.', code: 'DeploymentNotFound' },
    { message: 'The vendor answered with status 404 and a body that is not JSON.', body: '<html>' },
  ])('blames the model where it is named, or nothing is said: $message', (said) => {
    expect(judge(said).blame).toBe('model');
  });

  it('leaves other failures, and verdicts of providers, as they are', () => {
    expect(judge({ message: 'no', kind: 'upstream_overloaded' }).blame).toBe('model');
    expect(judge({ message: 'no', blame: 'account' }).blame).toBe('account');
  });
});
