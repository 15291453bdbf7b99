import { crc32, deflateRawSync } from "node:zlib";

/** A part of a zip to build. What is not named is done right. */
export interface Part {
  readonly name: string;
  readonly content: Buffer | string;
  readonly stored?: boolean;
  readonly streamed?: boolean;
  readonly flags?: number;
  readonly method?: number;
  /** What the headers say instead of the truth. */
  readonly claims?: { readonly unpacked?: number; readonly sum?: number };
  /** The name in the local header. */
  readonly localName?: string;
  /** Shares the data of the part before it: the directory points at the same header. */
  readonly shared?: boolean;
}

/** Where to put bytes that belong to no part. */
export interface Extras {
  readonly before?: Buffer;
  readonly between?: Buffer;
  readonly comment?: string;
  readonly after?: Buffer;
  readonly zip64?: boolean;
}

/** A zip made by hand, so that tests can make what no library makes. */
export function buildZip(parts: readonly Part[], extras: Extras = {}): Buffer {
  const {
    before = Buffer.alloc(0),
    between = Buffer.alloc(0),
    comment = "",
    after = Buffer.alloc(0),
  } = extras;
  const locals: Buffer[] = [before];
  const directory: Buffer[] = [];
  let offset = before.length;
  let last = offset;
  for (const part of parts) {
    const { local, central } = buildPart(part);
    const at = part.shared ? last : offset;
    central.writeUInt32LE(at, 42);
    directory.push(central);
    if (part.shared) continue;
    last = offset;
    locals.push(local, between);
    offset += local.length + between.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = endRecord(parts.length, size, offset, comment);
  const zip64 = extras.zip64 ? [zip64End(parts.length, size, offset)] : [];
  return Buffer.concat([...locals, ...directory, ...zip64, end, after]);
}

function buildPart(part: Part): { local: Buffer; central: Buffer } {
  const content = Buffer.from(part.content);
  const data = part.stored ? content : deflateRawSync(content);
  const flags = (part.flags ?? 0) | (part.streamed ? 8 : 0);
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(flags, 2);
  header.writeUInt16LE(part.method ?? (part.stored ? 0 : 8), 4);
  header.writeUInt32LE(part.claims?.sum ?? crc32(content), 10);
  header.writeUInt32LE(data.length, 14);
  header.writeUInt32LE(part.claims?.unpacked ?? content.length, 18);
  header.writeUInt16LE(Buffer.byteLength(part.name), 22);
  const localName = Buffer.from(part.localName ?? part.name);
  const localHeader = Buffer.from(header);
  localHeader.writeUInt16LE(localName.length, 22);
  if (part.streamed) localHeader.fill(0, 10, 22);
  const descriptor = part.streamed
    ? Buffer.concat([Buffer.from("PK\x07\x08", "latin1"), header.subarray(10, 22)])
    : Buffer.alloc(0);
  return {
    local: Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), localHeader, localName, data, descriptor]),
    central: Buffer.concat([
      Buffer.from("PK\x01\x02\x14\x00", "latin1"),
      header,
      Buffer.alloc(14),
      Buffer.from(part.name),
    ]),
  };
}

function endRecord(count: number, size: number, offset: number, comment: string): Buffer {
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([end, Buffer.from(comment, "latin1")]);
}

function zip64End(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(76);
  end.write("PK\x06\x06", "latin1");
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.write("PK\x06\x07", 56, "latin1");
  end.writeBigUInt64LE(BigInt(offset + size), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
