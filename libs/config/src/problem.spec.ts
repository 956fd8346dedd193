import { formatProblem } from './problem.js';

describe('formatProblem', () => {
  it('says in one line where it is, what is wrong, what to do and what is allowed', () => {
    const line = formatProblem({
      file: 'sluice.yaml',
      path: 'logging.level',
      line: 3,
      column: 5,
      message: 'is "loud", which is not known',
      fix: 'Did you mean error?',
      allowed: 'info | error',
    });

    expect(line).toBe(
      'sluice.yaml:3:5: logging.level is "loud", which is not known. Did you mean error? Allowed: info | error.',
    );
  });

  it('leaves out what is not known', () => {
    expect(formatProblem({ file: 'a.yaml', path: '', message: 'the file does not exist' })).toBe(
      'a.yaml: the file does not exist.',
    );
  });

  it('stays in one line whatever it is given', () => {
    expect(formatProblem({ file: 'a.yaml', path: 'x', message: 'is\n  broken\r\n' })).toBe('a.yaml: x is broken .');
  });
});
