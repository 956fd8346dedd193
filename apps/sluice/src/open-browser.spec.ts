import type { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { openBrowser } from './open-browser.js';

function opened(address: string): readonly string[] {
  const addresses: string[] = [];
  const start = (_command: string, parameters: readonly string[]) => {
    addresses.push(parameters.at(-1) ?? '');
    return Object.assign(new EventEmitter(), { unref: () => {} });
  };
  openBrowser(address, start as unknown as typeof spawn); // all of it that is used
  return addresses;
}

describe('openBrowser', () => {
  it.each(['https://github.com/login/device', 'http://127.0.0.1:8080/login?a=1&b=2'])('opens %s', (address) => {
    expect(opened(address)).toEqual([address]);
  });

  it.each(['file:///etc/passwd', 'ms-settings:network', '--help', 'github.com/login', ''])(
    'leaves “%s” to the person',
    (address) => {
      expect(opened(address)).toEqual([]);
    },
  );
});
