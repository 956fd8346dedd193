import { readEnvironment } from './environment.js';

describe('readEnvironment', () => {
  it('lets the real environment win over the .env file', () => {
    const environment = readEnvironment({
      environment: { A: 'real' },
      dotEnv: { file: 'conf/.env', text: 'A=file\nB="from file"\n' },
    });

    expect(environment.values).toEqual({ A: 'real', B: 'from file' });
    expect(environment.sourceOf('A')).toBe('environment');
    expect(environment.sourceOf('B')).toBe('conf/.env');
  });

  it('takes empty variables for not set', () => {
    const environment = readEnvironment({
      environment: { A: '', B: undefined },
      dotEnv: { file: '.env', text: 'A=file\nC=\n' },
    });

    expect(environment.values).toEqual({ A: 'file' });
  });
});
