/** In pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** What is looked at of an image: its size stands at the beginning, in photographs behind a preview. In base64 characters. */
const MAX_HEAD_CHARS = 256 * 1024;

const PNG = 0x89504e47;
const GIF = 0x47494638;
const RIFF = 0x52494646;
const JPEG = 0xffd8;
/** Markers that begin a frame: C0 to CF but for three that mean something else. */
const NO_FRAME = new Set([0xc4, 0xc8, 0xcc]);

/** The size of a PNG, JPEG, GIF or WebP image; undefined when it cannot be told. */
export function imageSize(base64: string): ImageSize | undefined {
  const bytes = Buffer.from(base64.slice(0, MAX_HEAD_CHARS), 'base64');
  try {
    return sizeIn(bytes);
  } catch {
    return undefined; // it ends before its size
  }
}

function sizeIn(bytes: Buffer): ImageSize | undefined {
  const magic = bytes.readUInt32BE(0);
  if (magic === PNG) return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  if (magic === GIF) return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  if (magic === RIFF) return sizeOfWebP(bytes);
  return magic >>> 16 === JPEG ? sizeOfJpeg(bytes) : undefined;
}

/** @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf B.2.2 */
function sizeOfJpeg(bytes: Buffer): ImageSize | undefined {
  let at = 2;
  while (bytes.readUInt8(at) === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill bytes may stand before a marker
    } else if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker)) {
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    } else {
      at += 2 + bytes.readUInt16BE(at + 2);
    }
  }
  return undefined;
}

/** @see https://developers.google.com/speed/webp/docs/riff_container */
function sizeOfWebP(bytes: Buffer): ImageSize | undefined {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}
