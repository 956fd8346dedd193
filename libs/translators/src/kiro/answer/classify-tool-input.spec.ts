import { functionTool, requestOf } from '../__fixtures__/requests.js';
import { classifyToolInput } from './classify-tool-input.js';

const REQUEST = requestOf({
  tools: [
    functionTool('Write', { type: 'object', required: ['file_path', 'content'] }),
    functionTool('search', { type: 'object', required: ['query'] }),
  ],
});

const classify = (json: string, name = 'search', hasStopped = true) =>
  classifyToolInput({ name, json, hasStopped }, REQUEST);

describe('classifyToolInput', () => {
  it.each(['', ' ', '{}', '{"query":"a"}', '[1]', '"text"'])('takes %j for complete', (json) => {
    expect(classify(json)).toBe('complete');
  });

  it('takes a call that never came to its end for cut', () => {
    expect(classify('', 'search', false)).toBe('empty');
    expect(classify('{"query":"a"}', 'search', false)).toBe('unfinished');
  });

  it.each(['{"query":"a', '{"query":"a\\', '{"query":', '{"query":"a",', '{"query":"a"', '{"a":[1,2', '{"a":"}'])(
    'takes %j for cut',
    (json) => {
      expect(classify(json)).toBe('invalid-json');
    },
  );

  it.each(['{query: 1}', '{"query":nope}', 'nonsense'])('takes %j for a mistake of the model', (json) => {
    expect(classify(json)).toBe('complete');
  });

  it('misses required members of tools that write files', () => {
    expect(classify('{"file_path":"a"}', 'Write')).toBe('missing-members');
    expect(classify('{"file_path":"a","content":""}', 'Write')).toBe('complete');
  });

  it('leaves missing members of other tools to the client', () => {
    expect(classify('{"other":1}')).toBe('complete');
  });
});
