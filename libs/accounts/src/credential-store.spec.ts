import { MemoryCredentialStore } from './credential-store.js';

describe('MemoryCredentialStore', () => {
  it('keeps one credential per account', async () => {
    const store = new MemoryCredentialStore();
    const [first, second] = [
      { kind: 'oauth', secret: 't1' },
      { kind: 'oauth', secret: 't2' },
    ];

    await store.put('a', first);
    await store.put('b', first);
    await store.put('a', second);
    await store.delete('b');

    expect(store.get('a')).toBe(second);
    expect(store.get('b')).toBeUndefined();
  });

  it('does not mind deleting what is not there', async () => {
    await expect(new MemoryCredentialStore().delete('a')).resolves.toBeUndefined();
  });
});
