import { type ChatError, invalid } from "../../errors.ts";

/** More or fewer bytes came than the client announced. */
export function sizeMismatch(): ChatError {
  return invalid(
    "AttachmentSizeMismatch",
    "The file that arrived does not have the announced size. Send it again.",
  );
}

/** The bytes are not of the type that the name and the content type claim. */
export function mismatch(): ChatError {
  return invalid("AttachmentTypeMismatch", "The content of the file is not of the type its name says.");
}

/** The type is right, but a part is missing, damaged, or not where the format wants it. */
export function damaged(): ChatError {
  return invalid("AttachmentDamaged", "The file is incomplete or damaged. Save it again, then send it.");
}

/** The file is also something else: a program or a page may hide behind a picture. */
export function ambiguous(): ChatError {
  return invalid(
    "AttachmentAmbiguous",
    "The file holds more than its type allows. Save it again with another program, then send it.",
  );
}

/** The file could run something on the agent's machine. @param what it is, in plain words */
export function active(what: string): ChatError {
  return invalid("AttachmentActiveContent", `The file contains ${what}, which cannot be sent here.`);
}

/** The file would fill the machine that opens it. */
export function expands(): ChatError {
  return invalid("AttachmentExpandsTooMuch", "The file is too large once it is unpacked.");
}

/** Nobody can look into the file. */
export function encrypted(): ChatError {
  return invalid(
    "AttachmentEncrypted",
    "The file is protected by a password or in an old format. Save it without a password, then send it.",
  );
}

/** The text is not UTF-8. */
export function encoding(): ChatError {
  return invalid(
    "AttachmentEncoding",
    "The text of the file is not in UTF-8. Save it with the encoding UTF-8, then send it.",
  );
}
