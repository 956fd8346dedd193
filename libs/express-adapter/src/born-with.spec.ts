import { bornWith } from './born-with.js';

class Message {
  readonly kind = 'message';
  base(): string {
    return 'base';
  }
}

describe('bornWith', () => {
  const library = Object.assign(Object.create(Message.prototype) as object, { greet: () => 'hello' });
  const application = { name: 'app' };
  const prototype = Object.create(library, { app: { value: application, writable: true, enumerable: true } }) as object;

  it('gives instances the members of the prototype, of what it inherits, and of the base class', () => {
    const Born = bornWith(Message, prototype);

    const born = new Born() as Message & { app: unknown; greet(): string };

    expect(born).toBeInstanceOf(Message);
    expect(born.kind).toBe('message');
    expect(born.app).toBe(application);
    expect(born.greet()).toBe('hello');
    expect(born.base()).toBe('base');
  });

  it('keeps members that the application added itself', () => {
    const custom = Object.create(prototype, Object.getOwnPropertyDescriptors({ tenant: 'acme' })) as object;

    const born = new (bornWith(Message, custom))();

    expect(born).toHaveProperty('tenant', 'acme');
  });

  it('leaves the base class alone', () => {
    bornWith(Message, prototype);

    expect(new Message()).not.toHaveProperty('app');
    expect(Object.getPrototypeOf(Message.prototype)).toBe(Object.prototype);
  });
});
