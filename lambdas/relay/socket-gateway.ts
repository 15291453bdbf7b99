import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from "@aws-sdk/client-apigatewaymanagementapi";

/** API Gateway's side of the sockets. */
export interface SocketGateway {
  /**
   * Sends one text message. `gone`: the socket is no more; `too-large`: it was not sent. @throws what the SDK throws
   * otherwise
   */
  post(connectionId: string, message: string): Promise<"sent" | "gone" | "too-large">;
  /** Closes a socket; one that is gone is fine. @throws what the SDK throws otherwise */
  close(connectionId: string): Promise<void>;
  /** When a client was last heard on it, in milliseconds since the epoch; undefined for a socket that is gone. */
  lastHeard(connectionId: string): Promise<number | undefined>;
}

/**
 * The gateway at `endpoint`. A post is tried twice, but for an answer that was lost: only a failure between the two can
 * send a client the same message again.
 */
export function createSocketGateway(endpoint: string): SocketGateway {
  const client = new ApiGatewayManagementApiClient({
    endpoint,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 800, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
  return {
    post: async (ConnectionId, Data) => {
      try {
        await client.send(new PostToConnectionCommand({ ConnectionId, Data }));
        return "sent";
      } catch (error) {
        if (error instanceof GoneException) return "gone";
        if (error instanceof PayloadTooLargeException) return "too-large";
        throw error;
      }
    },
    close: async (ConnectionId) => {
      await client.send(new DeleteConnectionCommand({ ConnectionId })).catch(unlessGone);
    },
    lastHeard: async (ConnectionId) => {
      const answer = await client.send(new GetConnectionCommand({ ConnectionId })).catch(unlessGone);
      return answer && (answer.LastActiveAt?.getTime() ?? Date.now());
    },
  };
}

function unlessGone(error: unknown): undefined {
  if (!(error instanceof GoneException)) throw error;
  return undefined;
}
