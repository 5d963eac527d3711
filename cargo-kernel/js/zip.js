// Zip archives (APPNOTE.TXT 6.3.10), as far as `.npz` files go: stored and deflated entries, with zip64's sizes.

import { reader } from "./bytes.js";

/** @typedef {{ name: string, bytes: Uint8Array }} File */
/** @typedef {(text: string) => Error} Fail */

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;

const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const LOCATOR64_SIZE = 20;

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

/** What deflate makes of a byte at most: 258 bytes of two bits. */
const MOST_PER_BYTE = 1032;

/** No date: the first that the format has. */
const DATE = 0x21;

/**
 * The files of an archive. Nothing is allocated that the archive's own size does not justify.
 *
 * @param {Uint8Array} bytes
 * @param {Fail} fail
 * @returns {Promise<File[]>}
 */
export async function readZip(bytes, fail) {
  const entries = readEntries(bytes, fail);
  const names = new Set(entries.map(({ name }) => name));
  if (names.size !== entries.length) {
    throw fail("has two entries of one name");
  }
  // Entries that share their bytes would inflate to more than the archive justifies.
  if (entries.reduce((sum, { packed }) => sum + packed.length, 0) > bytes.length) {
    throw fail("has entries that overlap");
  }
  const files = [];
  for (const { name, packed, method, size, crc } of entries) {
    const unpacked = method === STORED ? packed : await inflate(packed, size, name, fail);
    if (unpacked.length !== size || crc32(unpacked) !== crc) {
      throw fail(`has a damaged entry ${JSON.stringify(name)}`);
    }
    files.push({ name, bytes: unpacked });
  }
  return files;
}

/**
 * What the directory at the end says, checked against the file's size.
 *
 * @param {Uint8Array} bytes
 * @param {Fail} fail
 */
function readEntries(bytes, fail) {
  const view = reader(bytes);
  /** Numbers at an offset, which must lie in the file. */
  const u16 = (/** @type {number} */ at) => view.getUint16(inside(at, 2), true);
  const u32 = (/** @type {number} */ at) => view.getUint32(inside(at, 4), true);
  const u64 = (/** @type {number} */ at) => Number(view.getBigUint64(inside(at, 8), true));
  const inside = (/** @type {number} */ at, /** @type {number} */ length) => {
    if (!(at >= 0 && at + length <= bytes.length)) {
      throw fail("is no whole .npz file");
    }
    return at;
  };

  const end = findEnd(bytes, view, fail);
  let [count, size, at] = [u16(end + 10), u32(end + 12), u32(end + 16)];
  const locator = end - LOCATOR64_SIZE;
  if (locator >= 0 && u32(locator) === LOCATOR64) {
    const end64 = u64(locator + 8);
    if (u32(end64) !== END64) {
      throw fail("is no whole .npz file");
    }
    [count, size, at] = [u64(end64 + 32), u64(end64 + 40), u64(end64 + 48)];
  }
  if (count * CENTRAL_SIZE > size || inside(at, size) + size > end) {
    throw fail("has a damaged directory");
  }
  const entries = [];
  for (let left = count; left--; ) {
    if (u32(at) !== CENTRAL) {
      throw fail("has a damaged directory");
    }
    const [flags, method, crc] = [u16(at + 8), u16(at + 10), u32(at + 16)];
    const [nameLength, extraLength, commentLength] = [u16(at + 28), u16(at + 30), u16(at + 32)];
    const name = decodeName(bytes.subarray(inside(at + CENTRAL_SIZE, nameLength), at + CENTRAL_SIZE + nameLength), fail);
    const sizes = { size: u32(at + 24), packed: u32(at + 20), start: u32(at + 42) };
    readZip64(sizes, at + CENTRAL_SIZE + nameLength, extraLength, u16, u64);
    if (flags & ENCRYPTED) {
      throw fail(`has the entry ${JSON.stringify(name)}, which is encrypted`);
    }
    if (method !== STORED && method !== DEFLATED) {
      throw fail(`has the entry ${JSON.stringify(name)}, compressed by method ${method}: save it with \`numpy.savez_compressed\``);
    }
    if (sizes.size > sizes.packed * (method === STORED ? 1 : MOST_PER_BYTE) || u32(sizes.start) !== LOCAL) {
      throw fail(`has a damaged entry ${JSON.stringify(name)}`);
    }
    const first = sizes.start + LOCAL_SIZE + u16(sizes.start + 26) + u16(sizes.start + 28);
    const packed = bytes.subarray(inside(first, sizes.packed), first + sizes.packed);
    entries.push({ name, method, crc, size: sizes.size, packed });
    at += CENTRAL_SIZE + nameLength + extraLength + commentLength;
  }
  return entries;
}

/**
 * Where the last record begins, behind which there may be a comment.
 *
 * @param {Uint8Array} bytes
 * @param {DataView} view
 * @param {Fail} fail
 */
function findEnd(bytes, view, fail) {
  const last = bytes.length - END_SIZE;
  for (let at = last; at >= 0 && at >= last - 0xffff; at--) {
    if (view.getUint32(at, true) === END && view.getUint16(at + 20, true) === last - at) {
      return at;
    }
  }
  throw fail("is no .npz file");
}

/**
 * Takes sizes that do not fit 32 bits from the extra fields.
 *
 * @param {Record<string, number>} sizes in the order that they have there
 * @param {number} at
 * @param {number} length
 * @param {(at: number) => number} u16
 * @param {(at: number) => number} u64
 */
function readZip64(sizes, at, length, u16, u64) {
  for (const end = at + length; at + 4 <= end; ) {
    const [id, size] = [u16(at), u16(at + 2)];
    let next = at + 4;
    at = next + size;
    if (id === 1) {
      for (const key of Object.keys(sizes).filter((key) => sizes[key] === 0xffff_ffff)) {
        sizes[key] = next + 8 <= at ? u64(next) : NaN;
        next += 8;
      }
    }
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {Fail} fail
 */
function decodeName(bytes, fail) {
  try {
    // A copy, since browsers decode no shared memory.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes.slice());
  } catch {
    throw fail("has an entry whose name is not UTF-8");
  }
}

/**
 * @param {Uint8Array} packed
 * @param {number} size what must come out
 * @param {string} name
 * @param {Fail} fail
 */
async function inflate(packed, size, name, fail) {
  const bytes = new Uint8Array(size);
  let length = 0;
  try {
    const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const chunks = stream.getReader();
    for (let chunk = await chunks.read(); !chunk.done; chunk = await chunks.read()) {
      if (length + chunk.value.length > size) {
        await chunks.cancel();
        throw new RangeError("more than was declared");
      }
      bytes.set(chunk.value, length);
      length += chunk.value.length;
    }
  } catch {
    throw fail(`has a damaged entry ${JSON.stringify(name)}`);
  }
  return bytes.subarray(0, length);
}

/**
 * An archive of stored files.
 *
 * @param {File[]} files
 */
export function writeZip(files) {
  const names = files.map(({ name }) => new TextEncoder().encode(name));
  const directory = files.reduce((sum, { bytes }, i) => sum + LOCAL_SIZE + names[i].length + bytes.length, 0);
  const total = names.reduce((sum, name) => sum + CENTRAL_SIZE + name.length, directory + END_SIZE);
  const zip = new Uint8Array(total);
  const view = reader(zip);
  let [at, entry] = [0, directory];

  /** What the file's own record and that of the directory have in common. */
  const record = (/** @type {number} */ at, /** @type {number} */ i, /** @type {number} */ crc) => {
    const { length } = files[i].bytes;
    // Version 2.0, names in UTF-8.
    [20, 0x800, STORED, 0, DATE].forEach((value, j) => view.setUint16(at + 2 * j, value, true));
    [crc, length, length].forEach((value, j) => view.setUint32(at + 10 + 4 * j, value, true));
    view.setUint16(at + 22, names[i].length, true);
  };
  files.forEach(({ bytes }, i) => {
    const crc = crc32(bytes);
    view.setUint32(at, LOCAL, true);
    record(at + 4, i, crc);
    zip.set(names[i], at + LOCAL_SIZE);
    zip.set(bytes, at + LOCAL_SIZE + names[i].length);
    view.setUint32(entry, CENTRAL, true);
    view.setUint16(entry + 4, 20, true);
    record(entry + 6, i, crc);
    view.setUint32(entry + 42, at, true);
    zip.set(names[i], entry + CENTRAL_SIZE);
    at += LOCAL_SIZE + names[i].length + bytes.length;
    entry += CENTRAL_SIZE + names[i].length;
  });
  view.setUint32(entry, END, true);
  view.setUint16(entry + 8, files.length, true);
  view.setUint16(entry + 10, files.length, true);
  view.setUint32(entry + 12, entry - directory, true);
  view.setUint32(entry + 16, directory, true);
  return zip;
}

/** @type {Uint32Array | undefined} */
let table;

/**
 * CRC-32 as zip has it, a byte at a time.
 *
 * @param {Uint8Array} bytes
 */
function crc32(bytes) {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    return crc;
  });
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) {
    crc = table[(crc ^ bytes[i]) & 0xff] ^ (crc >>> 8);
  }
  return ~crc >>> 0;
}
