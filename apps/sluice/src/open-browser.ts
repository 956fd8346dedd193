import { spawn } from 'node:child_process';

/** Opens a page with the person's browser, if there is one. The address is on the screen anyway, so a failure says nothing. */
export function openBrowser(address: string): void {
  const [command, ...parameters] = openerOf(process.platform);
  const child = spawn(command, [...parameters, address], { stdio: 'ignore', detached: true });
  child.on('error', () => {}); // no such program: see above
  child.unref();
}

function openerOf(platform: NodeJS.Platform): readonly [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler']; // without a shell, which would read the address
    default:
      return ['xdg-open'];
  }
}
