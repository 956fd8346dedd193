/** Any class, seen only as something to derive from. */
type AnyClass = new (...args: never[]) => object;

/**
 * Derives a class whose instances have, from their first moment, the members that Express would otherwise give them by
 * changing their prototype.
 *
 * ```text
 * instance → Born.prototype (own members of `expressPrototype`, such as `app`) → what `expressPrototype` inherits → base.prototype
 * ```
 *
 * @param base node's class, which `expressPrototype` must inherit from
 * @param expressPrototype an application's `request` or `response`
 */
export function bornWith<Class extends AnyClass>(base: Class, expressPrototype: object): Class {
  // A mixin over an open class: TypeScript cannot say that deriving keeps the class's own type.
  const Born = class extends (base as AnyClass) {} as unknown as Class;
  Object.defineProperties(Born.prototype, Object.getOwnPropertyDescriptors(expressPrototype));
  Object.setPrototypeOf(Born.prototype, Object.getPrototypeOf(expressPrototype) as object);
  return Born;
}
