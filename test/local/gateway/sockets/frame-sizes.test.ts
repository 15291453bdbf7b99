import { expect, test } from "vitest";
import { watchFrameSizes } from "../../../../local/gateway/sockets/frame-sizes.ts";

function frame(size: number, mask: boolean): Buffer {
  const length = size > 0xffff ? Buffer.alloc(9, 0) : size > 125 ? Buffer.alloc(3, 0) : Buffer.alloc(1, 0);
  length[0] = (mask ? 0x80 : 0) | (size > 0xffff ? 127 : size > 125 ? 126 : size);
  if (size > 0xffff) length.writeBigUInt64BE(BigInt(size), 1);
  else if (size > 125) length.writeUInt16BE(size, 1);
  return Buffer.concat([
    Buffer.from([0x81]),
    length,
    Buffer.alloc(mask ? 4 : 0, 7),
    Buffer.alloc(size, 0xff),
  ]);
}

const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 3];

test.each([1, 2, 3, 7, 1_000, 1_000_000])("frame sizes are seen in chunks of %i bytes", (chunkBytes) => {
  for (const mask of [true, false]) {
    const stream = Buffer.concat(sizes.map((size) => frame(size, mask)));
    const seen: number[] = [];
    const see = watchFrameSizes((bytes) => seen.push(bytes));
    for (let at = 0; at < stream.length; at += chunkBytes) see(stream.subarray(at, at + chunkBytes));
    expect(seen).toEqual(sizes);
  }
});

test("a frame's size is seen before its payload has arrived", () => {
  const seen: number[] = [];
  watchFrameSizes((bytes) => seen.push(bytes))(frame(40_000, true).subarray(0, 8));
  expect(seen).toEqual([40_000]);
});
