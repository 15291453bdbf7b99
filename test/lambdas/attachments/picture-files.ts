import { crc32 } from "node:zlib";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import { type FileCase, fileCase } from "./file-case.ts";

/** A picture by pngjs. */
export function makePng(size = 8, options: { colorType?: 0 | 2 | 4 | 6; bitDepth?: 8 | 16 } = {}): Buffer {
  const image = new PNG({ width: size, height: size });
  for (let at = 0; at < image.data.length; at += 1) image.data[at] = (at * 37) % 256;
  return PNG.sync.write(image, options);
}

/** A chunk of PNG, with its sum. */
export function pngChunk(type: string, content: Buffer | string): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), Buffer.from(content)]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** A PNG with further chunks behind its header. */
export function withChunk(type: string, content: Buffer | string): Buffer {
  const png = makePng();
  return Buffer.concat([png.subarray(0, 33), pngChunk(type, content), png.subarray(33)]);
}

/** A picture by jpeg-js. */
export function makeJpeg(size = 16, quality = 80): Buffer {
  const data = Buffer.alloc(size * size * 4);
  for (let at = 0; at < data.length; at += 1) data[at] = (at * 31) % 256;
  return Buffer.from(jpeg.encode({ width: size, height: size, data }, quality).data);
}

/** A segment of JPEG. */
export function jpegSegment(marker: number, content: Buffer | string): Buffer {
  const body = Buffer.from(content);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A JPEG with further segments behind its first marker. */
export function withSegment(marker: number, content: Buffer | string): Buffer {
  const picture = makeJpeg();
  return Buffer.concat([picture.subarray(0, 2), jpegSegment(marker, content), picture.subarray(2)]);
}

/** A box of the ISO base media format. */
export function box(type: string, ...content: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(content.map((part) => Buffer.from(part as string, "latin1")));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** A photo of a phone, as far as its boxes go. */
export function makeHeic(brand = "heic", pixels: Buffer = Buffer.alloc(500, 7)): Buffer {
  const handler = box("hdlr", Buffer.alloc(8), "pict", Buffer.alloc(13));
  return Buffer.concat([
    box("ftyp", brand, Buffer.alloc(4), "mif1", brand === "mif1" ? "heic" : brand),
    box("meta", Buffer.alloc(4), handler),
    box("mdat", pixels),
  ]);
}

/** A film, as far as its boxes go. */
export function makeMp4(brand = "isom"): Buffer {
  const description = box("moov", box("mvhd", Buffer.alloc(100)));
  return Buffer.concat([
    box("ftyp", brand, Buffer.alloc(4), "mp42"),
    description,
    box("mdat", Buffer.alloc(300, 9)),
  ]);
}

/** Samsung's trailer, with the given blocks. */
export function samsungTrailer(...blocks: readonly Buffer[]): Buffer {
  const directory = Buffer.alloc(12 + 12 * blocks.length);
  directory.write("SEFH", "latin1");
  directory.writeUInt32LE(107, 4);
  directory.writeUInt32LE(blocks.length, 8);
  let distance = blocks.reduce((sum, { length }) => sum + length, 0);
  blocks.forEach((block, index) => {
    directory.writeUInt32LE(distance, 16 + 12 * index);
    directory.writeUInt32LE(block.length, 20 + 12 * index);
    distance -= block.length;
  });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(directory.length);
  return Buffer.concat([...blocks, directory, length, Buffer.from("SEFT")]);
}

const exif = Buffer.concat([Buffer.from("Exif\0\0II*\0\x08\0\0\0", "latin1"), Buffer.alloc(64)]);
const samsungBlock = Buffer.concat([
  Buffer.from("000000010a0e0000", "hex"),
  Buffer.from("Image_UTC_Data1700000000000"),
]);

/** Pictures as cameras, phones and programs make them. */
export function legitimatePictures(): readonly FileCase[] {
  const picture = makeJpeg();
  const pngs = ([0, 2, 4, 6] as const).flatMap((colorType) =>
    ([8, 16] as const).map((bitDepth) =>
      fileCase(
        "png",
        `colour type ${colorType}, ${bitDepth} bits`,
        "png",
        makePng(9, { colorType, bitDepth }),
      ),
    ),
  );
  const jpegs: readonly (readonly [string, Buffer])[] = [
    ["low quality", makeJpeg(40, 5)],
    ["high quality", makeJpeg(64, 100)],
    ["one pixel", makeJpeg(1, 50)],
    ["Exif", withSegment(0xe1, exif)],
    ["XMP", withSegment(0xe1, '\0http://ns.adobe.com/xap/1.0/\0<?xpacket?><x:xmpmeta xmlns:x="a"/>')],
    ["a comment", withSegment(0xfe, "Sent from my phone <3")],
    [
      "a colour profile",
      withSegment(0xe2, Buffer.concat([Buffer.from("ICC_PROFILE\0\x01\x01"), Buffer.alloc(900, 5)])),
    ],
    ["zeros at the end", Buffer.concat([picture, Buffer.alloc(700)])],
    ["two pictures", Buffer.concat([picture, makeJpeg(4)])],
    ["three pictures, padded", Buffer.concat([picture, Buffer.alloc(9), makeJpeg(4), makeJpeg(5)])],
    ["a motion photo", Buffer.concat([picture, makeMp4()])],
    ["Samsung's trailer", Buffer.concat([picture, samsungTrailer(samsungBlock)])],
    ["Samsung's motion photo", Buffer.concat([picture, samsungTrailer(makeMp4(), samsungBlock)])],
  ];
  return [
    ...pngs,
    fileCase("png", "words", "png", withChunk("tEXt", "Comment\0Screenshot & more")),
    fileCase("png", "XMP", "png", withChunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>")),
    fileCase("png", "animated", "png", withChunk("acTL", Buffer.alloc(8))),
    ...jpegs.map(([title, bytes]) => fileCase("jpeg", title, "jpg", bytes)),
    ...["heic", "heix", "mif1"].map((brand) => fileCase("heic", brand, "heic", makeHeic(brand))),
    fileCase("heic", "motion photo", "heic", Buffer.concat([makeHeic(), box("mpvd", makeMp4())])),
  ];
}
