/** The path of every socket URL. */
export const socketPath = "/socket";
