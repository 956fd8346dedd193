import { mayPass } from './may-pass.js';

const bodyWith = (block: object, indent?: number): Buffer =>
  Buffer.from(JSON.stringify({ messages: [{ role: 'assistant', content: [block] }] }, null, indent));

describe('mayPass', () => {
  it.each([
    ['signed thinking', { type: 'thinking', thinking: 't', signature: 'EqQB' }, true],
    ['a text that quotes one', { type: 'text', text: '{"signature":""}' }, true],
    ['thinking that another vendor signed', { type: 'thinking', thinking: 't', signature: 'gAAAAABnot' }, false],
    ['thinking of another vendor', { type: 'thinking', thinking: 't', signature: '' }, false],
  ])('%s', (_name, block, may) => {
    expect(mayPass(bodyWith(block))).toBe(may);
    expect(mayPass(bodyWith(block, 2))).toBe(may);
  });
});
