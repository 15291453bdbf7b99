/**
 * Watches the bytes of one WebSocket as they arrive (RFC 6455 §5.2) and tells the payload size of each frame as soon as
 * its header is there. Needed because `ws` limits whole messages alone, while API Gateway limits frames as well.
 *
 * @returns the listener that is given every chunk, in order
 */
export function watchFrameSizes(onFrame: (payloadBytes: number) => void): (chunk: Buffer) => void {
  let unread: Buffer = Buffer.alloc(0);
  let payloadLeft = 0;
  return function seeChunk(chunk) {
    unread = Buffer.concat([unread, chunk]);
    for (;;) {
      const skipped = Math.min(payloadLeft, unread.length);
      unread = unread.subarray(skipped);
      payloadLeft -= skipped;
      const header = payloadLeft === 0 ? readHeader(unread) : undefined;
      if (header === undefined) {
        return;
      }
      unread = unread.subarray(header.bytes);
      payloadLeft = header.payloadBytes;
      onFrame(payloadLeft);
    }
  };
}

function readHeader(bytes: Buffer): { bytes: number; payloadBytes: number } | undefined {
  const second = bytes[1] ?? 0;
  const short = second & 0x7f;
  const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
  const maskBytes = second & 0x80 ? 4 : 0;
  const headerBytes = 2 + lengthBytes + maskBytes;
  if (bytes.length < headerBytes) {
    return undefined;
  }
  const payloadBytes =
    lengthBytes === 8 ? Number(bytes.readBigUInt64BE(2)) : lengthBytes === 2 ? bytes.readUInt16BE(2) : short;
  return { bytes: headerBytes, payloadBytes };
}
