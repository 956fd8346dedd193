import { VERSION } from '@sluice/gateway';
import { readManifest, readProjects } from './workspace/projects.js';

const RELEASE = readManifest('package.json').version;

describe('versions', () => {
  it('of the gateway is that of the repository', () => {
    expect(VERSION).toBe(RELEASE);
  });

  it.each(readProjects())('of $directory is that of the repository', ({ manifest }) => {
    expect(manifest.version).toBe(RELEASE);
  });
});
