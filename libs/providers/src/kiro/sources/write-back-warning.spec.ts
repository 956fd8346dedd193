import type { CredentialOrigin } from './kiro-credential-source.js';
import { writeBackWarning } from './write-back-warning.js';

const DATABASE: CredentialOrigin = { kind: 'cli-database', path: '/data.sqlite3', writeBack: true };

describe('writeBackWarning', () => {
  it('says why a database is only read, and what becomes of the tokens', () => {
    const warning = writeBackWarning(DATABASE, false);

    expect(warning).toMatch(/^\/data\.sqlite3 is only read, although writeBack is true: this is Node\.js \d+\./);
    expect(warning).toContain('only 22.5 and later can write');
    expect(warning).toContain('Renewed tokens are kept in the credential store');
  });

  it.each<[string, CredentialOrigin, boolean]>([
    ['where it can be written', DATABASE, true],
    ['where nobody wants it', { ...DATABASE, writeBack: false }, false],
    ['of a file', { kind: 'token-cache', path: '/token.json', writeBack: true }, false],
  ])('says nothing %s', (_name, origin, canWrite) => {
    expect(writeBackWarning(origin, canWrite)).toBeUndefined();
  });
});
