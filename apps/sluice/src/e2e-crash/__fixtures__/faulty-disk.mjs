// Loaded into a gateway by node's --import: makes its disk fail, or the process die, at one moment of replacing a file.
// Which one stands in the file that FAULT_FILE names, and may change while the gateway runs: {"at": …, "file": <name>}.
import { readFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

const { open, rename } = promises;

function fault() {
  try {
    return JSON.parse(readFileSync(process.env.FAULT_FILE, 'utf8'));
  } catch {
    return {};
  }
}

function die() {
  process.kill(process.pid, 'SIGKILL');
}

promises.open = async (path, flags, ...rest) => {
  const { at, file } = fault();
  const isNew = flags === 'wx';
  if (at === 'full' && isNew) {
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', errno: -28, syscall: 'open' });
  }
  const isHalf = isNew && basename(String(path)).startsWith(`.${file}.`);
  if (at === 'before-write' && isHalf) die();
  const handle = await open(path, flags, ...rest);
  if (at === 'half-written' && isHalf) {
    const { writeFile } = handle;
    handle.writeFile = async (text) => {
      await writeFile.call(handle, text.slice(0, text.length / 2));
      die();
    };
  }
  return handle;
};

promises.rename = async (from, to) => {
  const { at, file } = fault();
  const isIt = basename(String(to)) === file;
  if (at === 'before-rename' && isIt) die();
  await rename(from, to);
  if (at === 'after-rename' && isIt) die();
};

syncBuiltinESMExports();
