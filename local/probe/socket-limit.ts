import type { ProbeSocket } from "./probe-socket.ts";
import type { QuestionContext } from "./question-context.ts";

/** Sockets to open at most: twice what AWS's documentation allows. */
const mostSockets = 10;

/** What happened while one participant opened socket after socket. */
export interface SocketLimit {
  /** Sockets that were open together; undefined where no limit showed. */
  readonly limit: number | undefined;
  /** Sockets opened or tried. */
  readonly tried: number;
  /** What the first one too many caused. */
  readonly effect: "refuse" | "close-oldest" | "close-another" | undefined;
}

/** Opens sockets of one participant until one is refused or an older one closes. */
export async function fillWithSockets(context: QuestionContext): Promise<SocketLimit> {
  const chat = await context.startChat();
  const sockets: ProbeSocket[] = [];
  for (let tried = 1; tried <= mostSockets; tried++) {
    const url = tried === 1 ? chat.socketUrl : (await chat.reconnect()).socketUrl;
    const socket = await context.openSocket(url);
    if (!socket && tried === 1) throw new Error("Amazon Connect refused the first WebSocket of the chat.");
    const closed = await firstClosed(sockets);
    if (!socket) return { limit: sockets.length, tried, effect: "refuse" };
    if (closed !== undefined) {
      return {
        limit: sockets.length,
        tried,
        effect: closed === 0 ? "close-oldest" : "close-another",
      };
    }
    sockets.push(socket);
  }
  return { limit: undefined, tried: mostSockets, effect: undefined };
}

/** The index of the first socket that no longer answers. */
async function firstClosed(sockets: readonly ProbeSocket[]): Promise<number | undefined> {
  const answers = await Promise.all(sockets.map((socket) => socket.isAlive()));
  const closed = answers.indexOf(false);
  return closed < 0 ? undefined : closed;
}
