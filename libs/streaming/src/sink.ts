/** Takes what a pipeline produces. */
export interface Sink<T> {
  /** Takes one item. `false` = full: stop until the `onDrain` listener is called (the item itself was taken). */
  write(item: T): boolean;
  /** No more items. */
  end(): void;
  /** Registers the one listener that is told when a full sink has room again. */
  onDrain(listener: () => void): void;
}
