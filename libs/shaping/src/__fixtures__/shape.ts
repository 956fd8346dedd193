import type { BodyToShape } from '../payload/body-to-shape.js';
import { applyPayloadRules } from '../payload/apply-payload-rules.js';
import { settingsOf } from './settings-of.js';

export type Asked = Partial<Omit<BodyToShape, 'body' | 'original'>> & { readonly original?: string };

/** The request that `shape` makes of a body where a test says nothing else. */
export function requestWith(body: string, { original = body, ...asked }: Asked = {}): BodyToShape {
  return {
    format: 'openai-chat',
    clientFormat: 'openai-chat',
    provider: 'openai',
    models: ['alias', 'gpt-4o'],
    headers: {},
    ...asked,
    body: Buffer.from(body),
    original: Buffer.from(original),
  };
}

/** What the `payloadRules` of a configuration make of a body. */
export async function shape(payloadRules: string, body: string, asked?: Asked): Promise<string> {
  const { payloadRules: rules } = await settingsOf(`payloadRules:\n${payloadRules}`);
  if (rules === undefined) throw new Error('the configuration has no rules');
  return applyPayloadRules(rules, requestWith(body, asked)).toString();
}

/** Rules of one kind with these params, for every model. */
export function ruled(kind: string, ...params: readonly string[]): string {
  return `  ${kind}: [${params.map((one) => `{ models: [{ name: '*' }], params: ${one} }`).join(', ')}]\n`;
}
