/** An error of the simulated S3: XML, as S3's are. */
export class S3Error extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "S3Error";
    this.code = code;
    this.status = status;
  }

  /** The body S3 answers. */
  toXml(requestId: string): string {
    return (
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
      `<Error><Code>${this.code}</Code><Message>${this.message}</Message><RequestId>${requestId}</RequestId></Error>`
    );
  }
}
