/** Lines of a file that one call should write, and that it must never exceed. */
const LINES_PER_CALL = 300;
const MAX_LINES_PER_CALL = 500;

/**
 * For models that are named with the suffix of agents: the vendor cuts long calls off without a word, so calls are to stay
 * short.
 */
export const AGENTIC_RULES = [
  '# Writing files',
  '',
  `The output of one turn is limited, and what is beyond the limit is lost without a message. Keep every tool call short:`,
  '',
  `- Write a new file of more than ${LINES_PER_CALL} lines in several calls: the first ${LINES_PER_CALL} lines at most with the tool that creates files, the rest piece by piece by appending or editing.`,
  '- Change an existing file by small edits of the lines concerned instead of writing it again.',
  `- Never put more than ${MAX_LINES_PER_CALL} lines into one call, whatever you are asked for.`,
  '- After each piece go on with the next one until everything is written.',
].join('\n');
