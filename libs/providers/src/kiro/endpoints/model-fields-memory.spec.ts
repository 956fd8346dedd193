import type { Account } from '@sluice/provider-kit';
import { MAX_REMEMBERED_MODELS, ModelFieldsMemory } from './model-fields-memory.js';

describe('ModelFieldsMemory', () => {
  it('forgets the model that was noted first when there are too many', () => {
    const memory = new ModelFieldsMemory();
    const account = { id: 'kiro' } as Account;

    for (let index = 0; index <= MAX_REMEMBERED_MODELS; index += 1) memory.noteRefusal(account, `model-${index}`);

    expect(memory.isRefused(account, 'model-0')).toBe(false);
    expect(memory.isRefused(account, 'model-1')).toBe(true);
    expect(memory.isRefused(account, `model-${MAX_REMEMBERED_MODELS}`)).toBe(true);
  });
});
