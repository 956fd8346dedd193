import { MAX_OUTPUT_BASE_BYTES, MAX_OUTPUT_FACTOR, MAX_STEPS_BASE } from '../bounds.js';
import { expectThat } from '../fuzz-fault.js';

/** @throws FuzzFault when more was written than the input can explain */
export function expectBoundedBytes(what: string, written: number, inputBytes: number): void {
  const allowed = MAX_OUTPUT_BASE_BYTES + MAX_OUTPUT_FACTOR * inputBytes;
  expectThat(written <= allowed, `${what}: too much is written`, () => `${written} bytes for ${inputBytes}`);
}

/** @throws FuzzFault when more happened than the input can explain */
export function expectBoundedSteps(what: string, steps: number, inputBytes: number): void {
  expectThat(steps <= MAX_STEPS_BASE + inputBytes, `${what}: too many steps`, () => `${steps} for ${inputBytes} bytes`);
}
