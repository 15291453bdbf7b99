/** Something the caller of a command got wrong. The message is one sentence, printed as it is before exit code 1. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
