import { CommanderError } from 'commander';
import { buildProgram } from './program.js';

describe('buildProgram', () => {
  it.each([['statsu'], ['run', 'statsu']])('refuses the words %s %s and lists the commands', async (...words) => {
    const program = buildProgram().exitOverride();
    const told: string[] = [];
    program.configureOutput({ writeErr: (text) => void told.push(text) });

    await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow(CommanderError);

    expect(told[0]).toBe(
      "error: there is no command 'statsu'. Commands: run, stop, status, reload, check-config, login, import, accounts, explain.\n",
    );
  });
});
