import { MemoryCredentialStore } from './credential-store.js';
import { SwitchableCredentialStore } from './switchable-credential-store.js';

const CREDENTIAL = { kind: 'oauth', secret: 't' };

describe('SwitchableCredentialStore', () => {
  it('keeps credentials in memory at first', async () => {
    const store = new SwitchableCredentialStore();

    await store.put('a', CREDENTIAL);

    expect(store.get('a')).toBe(CREDENTIAL);
  });

  it('hands everything on to the store that it is given', async () => {
    const store = new SwitchableCredentialStore();
    const lasting = new MemoryCredentialStore();
    store.use(lasting);

    await store.put('a', CREDENTIAL);
    await store.put('b', CREDENTIAL);
    await store.delete('b');

    expect(lasting.get('a')).toBe(CREDENTIAL);
    expect(lasting.get('b')).toBeUndefined();
    expect(store.get('a')).toBe(CREDENTIAL);
    expect(await store.latest('a')).toBe(CREDENTIAL);
    expect(await store.accountIds()).toEqual(['a']);
  });
});
