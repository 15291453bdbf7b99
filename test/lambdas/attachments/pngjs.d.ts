declare module "pngjs" {
  interface Options {
    width: number;
    height: number;
    colorType?: 0 | 2 | 4 | 6;
    bitDepth?: 8 | 16;
    inputHasAlpha?: boolean;
  }
  export class PNG {
    constructor(options: Options);
    data: Buffer;
    static sync: { write(image: PNG, options?: Partial<Options>): Buffer; read(bytes: Buffer): PNG };
  }
}
