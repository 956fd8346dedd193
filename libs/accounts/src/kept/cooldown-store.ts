import type { KeptCooldown } from './kept-cooldown.js';

/** Keeps cooldowns over a restart. A port. Each save replaces everything that was there. */
export abstract class CooldownStore {
  /** Empty where nothing was kept; entries may be over by now. @throws Error saying what is wrong, and where */
  abstract load(): Promise<readonly KeptCooldown[]>;
  /** Atomic: after a crash the old ones are there, or the new ones. */
  abstract save(cooldowns: readonly KeptCooldown[]): Promise<void>;
}
