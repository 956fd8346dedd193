import 'reflect-metadata';

/** One key for every copy of this package, so that a plug-in compiled against another copy is found too. */
export const PROVIDER_PLUGIN = Symbol.for('@sluice/provider-plugin/1');

/** Marks an injectable class as a {@link Provider}; importing its module is all that remains to do. */
export function ProviderPlugin(): ClassDecorator {
  return (target) => Reflect.defineMetadata(PROVIDER_PLUGIN, true, target);
}

/** Whether a class, or a token that is a class, carries the mark. Anything else does not. */
export function isProviderPlugin(candidate: unknown): boolean {
  return typeof candidate === 'function' && Reflect.hasMetadata(PROVIDER_PLUGIN, candidate);
}
