import type { Provider, ProviderDescriptor } from './provider.js';

/** The providers by id. In an app it is filled by discovery; in a test or a tool from a list. */
export class ProviderRegistry {
  readonly #byId = new Map<string, Provider>();

  /** @throws when two providers claim one id */
  constructor(providers: Iterable<Provider> = []) {
    for (const provider of providers) this.register(provider);
  }

  /** Registering the same object again changes nothing. @throws when another provider has the id */
  register(provider: Provider): void {
    const { id } = provider.descriptor;
    const known = this.#byId.get(id);
    if (known !== undefined && known !== provider) {
      throw new Error(
        `The provider id "${id}" is claimed by ${nameOf(known)} and by ${nameOf(provider)}; one must go.`,
      );
    }
    this.#byId.set(id, provider);
  }

  /** @throws naming the known ids */
  get(id: string): Provider {
    const provider = this.#byId.get(id);
    if (provider !== undefined) return provider;
    throw new Error(`There is no provider "${id}". Known: ${this.ids.join(', ') || 'none'}.`);
  }

  find(id: string): Provider | undefined {
    return this.#byId.get(id);
  }

  /** Sorted. */
  get ids(): readonly string[] {
    return [...this.#byId.keys()].sort();
  }

  /** Sorted by id. */
  get descriptors(): readonly ProviderDescriptor[] {
    return this.ids.map((id) => this.get(id).descriptor);
  }
}

function nameOf(provider: Provider): string {
  return `${provider.constructor.name} ("${provider.descriptor.displayName}")`;
}
