import type { JsonObject } from '@sluice/core';

export interface ClientTool {
  /** What the type begins with; the rest is a date. */
  readonly prefix: string;
  readonly description: string;
  readonly parameters: JsonObject;
}

const text = (description: string): JsonObject => ({ type: 'string', description });
const lineRange = (description: string): JsonObject => ({ type: 'array', items: { type: 'integer' }, description });

/**
 * Typed tools that the client runs. Anthropic's models were trained on their arguments and are sent no schema; other
 * vendors' models need one.
 * @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview
 */
export const CLIENT_TOOLS: readonly ClientTool[] = [
  {
    prefix: 'bash_',
    description: 'Runs a command in a persistent shell session and returns its output.',
    parameters: {
      type: 'object',
      properties: {
        command: text('The command. Required unless restart is true.'),
        restart: { type: 'boolean', description: 'Starts the session anew.' },
      },
    },
  },
  {
    prefix: 'text_editor_',
    description: 'Views, creates and edits text files.',
    parameters: {
      type: 'object',
      properties: {
        command: { type: 'string', enum: ['view', 'create', 'str_replace', 'insert', 'undo_edit'] },
        path: text('The absolute path of the file or directory.'),
        file_text: text('create: the whole content.'),
        old_str: text('str_replace: the text to replace; it must occur exactly once.'),
        new_str: text('str_replace, and insert in older versions: the new text.'),
        insert_line: {
          type: 'integer',
          description: 'insert: the line after which the text goes; 0 is the beginning.',
        },
        insert_text: text('insert: the new text.'),
        view_range: lineRange('view: the first and last line; -1 is the end.'),
      },
      required: ['command', 'path'],
    },
  },
  {
    prefix: 'memory_',
    description: 'Keeps notes between conversations as files below /memories.',
    parameters: {
      type: 'object',
      properties: {
        command: { type: 'string', enum: ['view', 'create', 'str_replace', 'insert', 'delete', 'rename'] },
        path: text('The path below /memories.'),
        file_text: text('create: the whole content.'),
        old_str: text('str_replace: the text to replace.'),
        new_str: text('str_replace: the new text.'),
        insert_line: { type: 'integer', description: 'insert: the line after which the text goes.' },
        insert_text: text('insert: the new text.'),
        old_path: text('rename: the path so far.'),
        new_path: text('rename: the new path.'),
        view_range: lineRange('view: the first and last line.'),
      },
      required: ['command'],
    },
  },
];
