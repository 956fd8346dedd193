/** The id under which this format's own members and blocks travel through the canonical model. */
export const ANTHROPIC_MESSAGES = 'anthropic-messages';
