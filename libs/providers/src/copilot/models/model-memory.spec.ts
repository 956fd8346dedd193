import { MAX_LISTED_ACCOUNTS } from '@sluice/provider-kit';
import { ModelMemory } from './model-memory.js';

const model = (id: string, format: string) => ({ info: { id }, formats: [format] });

describe('ModelMemory', () => {
  it('knows what the last list of each account said', () => {
    const memory = new ModelMemory();

    memory.note('a', [model('m', 'openai-chat'), model('n', 'openai-chat')]);
    memory.note('b', [model('m', 'openai-responses')]);
    memory.note('a', [model('m', 'anthropic-messages')]);

    expect(memory.formatsOf('a', 'm')).toEqual(['anthropic-messages']);
    expect(memory.formatsOf('a', 'n')).toBeUndefined();
    expect(memory.formatsOf('b', 'm')).toEqual(['openai-responses']);
    expect(memory.formatsOf('c', 'm')).toBeUndefined();
  });

  it('forgets the oldest list when there are too many', () => {
    const memory = new ModelMemory();

    for (let index = 0; index <= MAX_LISTED_ACCOUNTS; index += 1) memory.note(`a${index}`, [model('m', 'x')]);

    expect(memory.formatsOf('a0', 'm')).toBeUndefined();
    expect(memory.formatsOf('a1', 'm')).toEqual(['x']);
  });
});
