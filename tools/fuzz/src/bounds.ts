/** A mutated input is cut to so many bytes; deep and repeated structures fit into it. */
export const MAX_INPUT_BYTES = 64 * 1024;

/**
 * What is written for an input may be so many times as large, plus the base: the envelope that a format needs around each
 * message or delta, and what a format says for every request.
 */
export const MAX_OUTPUT_FACTOR = 32;
export const MAX_OUTPUT_BASE_BYTES = 64 * 1024;

/** Steps (frames, events, warnings) that an input may cause: this many, and one more per byte. */
export const MAX_STEPS_BASE = 64;

/** Event size limit of one in a few streams, so that the limit itself is tried. */
export const SMALL_EVENT_BYTES = 300;

/** UTF-16 units of the message of a failure: it is read by people. */
export const MAX_ERROR_MESSAGE_CHARS = 8 * 1024;
