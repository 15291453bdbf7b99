import { isUpstreamDenial } from "../connect/upstream-errors.ts";
import { accessDenied, ChatError, unavailable } from "../errors.ts";
import type { Services } from "../services.ts";
import { isHeld, newLease } from "./lease.ts";
import {
  type ConnectionToken,
  isRelayed,
  openConnectionToken,
  openParticipantToken,
  type Session,
  sealConnectionToken,
} from "./session.ts";
import { ended } from "./session-end.ts";
import { connectionTokenStored, renewalGivenBack, renewalLease } from "./session-leases.ts";

/** What the use of Connect's tokens needs. */
export type TokenServices = Pick<Services, "clock" | "sessions" | "participant">;

/** A token with less life than this is renewed by whoever comes next, in milliseconds. Connect's live for one day. */
const renewBelowMs = 2 * 3_600_000;

/** How long one request may hold the right to renew, in milliseconds: longer than a renewal may take. */
const leaseMs = 12_000;

/** After a renewal, none for this long, in milliseconds: a 403 that a fresh token did not cure is not about the token. */
const renewalPauseMs = 60_000;

/** How long a renewal itself may take, in milliseconds: well within its lease, whatever function it runs in. */
const renewalMs = 9_000;

/** How long a request may be late for a token that it could do without, in milliseconds. */
const earlyMs = 1_500;

/**
 * How often a request without a usable token looks for the one that another is fetching, and for how long, in
 * milliseconds.
 */
const pollMs = 250;
const longestWaitMs = 7_000;

/**
 * Runs `call` with Connect's connection token, which it renews when its end is near, and, where Connect refuses it
 * (403), replays `call` once with a newer one. A 403 that a new token does not cure is Connect's answer to the request.
 *
 * @throws {ChatError} 403 when the chat is over at Connect (the session is ended too); 503 when no token was to be had
 */
export async function withConnectionToken<T>(
  services: TokenServices,
  session: Session,
  signal: AbortSignal,
  call: (token: string) => Promise<T>,
): Promise<T> {
  const token = await usableToken(services, session, signal);
  try {
    return await call(token.value);
  } catch (error) {
    if (!isUpstreamDenial(error)) throw error;
    const newer = await newerToken(services, session, token.version, signal);
    if (newer === undefined) throw error;
    return call(newer.value);
  }
}

/** Whether a token is so near its end (or absent) that it should be renewed. One that outlives the chat is not. */
export function wantsRenewal(session: Session, token: ConnectionToken | undefined, now: number): boolean {
  if (token === undefined) return true;
  return token.expiresAt - now < renewBelowMs && token.expiresAt < session.item.ax;
}

/**
 * Stores a connection token that Connect just issued, as the successor of `previousVersion`. Where a parallel request
 * stored one first, that one stays and this one is dropped: both are good.
 *
 * @param pauseMs for how long it is then too new to be renewed, in milliseconds
 */
export async function storeConnectionToken(
  services: TokenServices,
  { item: { pk }, key }: Session,
  previousVersion: number,
  issued: { readonly value: string; readonly expiresAt: number },
  pauseMs = 0,
): Promise<void> {
  const version = previousVersion + 1;
  const sealed = sealConnectionToken(key, pk, version, issued.value);
  const noRenewalUntil = services.clock.now() + pauseMs;
  await services.sessions.update(
    pk,
    connectionTokenStored(version, sealed, issued.expiresAt, noRenewalUntil),
  );
}

/** Ends the session of a chat that is over at Connect (which answered `cause`); the 403 that tells clients so. */
export async function endedAtConnect(
  services: TokenServices,
  session: Session,
  cause: unknown,
): Promise<ChatError> {
  await services.sessions.update(session.item.pk, ended(services.clock.now()));
  return accessDenied("ended at Connect", cause);
}

/**
 * Connect's connection token with life in it: the stored one, or a new one, which this request or a parallel one fetches.
 *
 * @throws {ChatError} as {@link withConnectionToken}
 */
export async function usableToken(
  services: TokenServices,
  session: Session,
  signal: AbortSignal,
): Promise<ConnectionToken> {
  const token = openConnectionToken(session);
  const now = services.clock.now();
  if (token && !wantsRenewal(session, token, now)) return token;
  if (token && token.expiresAt > now) return (await renewEarly(services, session, token, signal)) ?? token;
  const newer = await newerToken(services, session, token?.version ?? 0, signal);
  if (newer === undefined) throw unavailable("no connection token");
  return newer;
}

/**
 * One try, and not for long, while the old token is still good: where it fails, the lease stays as a pause before the
 * next.
 */
async function renewEarly(
  services: TokenServices,
  session: Session,
  { version }: ConnectionToken,
  signal: AbortSignal,
): Promise<ConnectionToken | undefined> {
  const { won } = await tryLease(services, session, version);
  if (!won) return undefined;
  const brief = AbortSignal.any([signal, AbortSignal.timeout(earlyMs)]);
  return renew(services, session, version, brief, 0).catch((error: unknown) => {
    if (error instanceof ChatError && error.type === "AccessDeniedException") throw error;
    return undefined;
  });
}

/**
 * The token that follows `version`: renewed now, or by a parallel request, which is waited for. Undefined when
 * `version` is too new to be renewed.
 */
async function newerToken(
  services: TokenServices,
  session: Session,
  version: number,
  signal: AbortSignal,
): Promise<ConnectionToken | undefined> {
  const giveUpAt = services.clock.now() + longestWaitMs;
  while (services.clock.now() < giveUpAt) {
    const { won, item, lease, now } = await tryLease(services, session, version);
    if (won) {
      return renew(services, session, version, signal).catch(async (error: unknown) => {
        await services.sessions.update(session.item.pk, renewalGivenBack(lease));
        throw error;
      });
    }
    if (item === undefined || item.st !== "a") throw accessDenied("ended");
    if (item.cv !== version) return openConnectionToken({ ...session, item });
    if (!isHeld(item.rl, now)) return undefined;
    await services.clock.sleep(pollMs, signal).catch((cause: unknown) => {
      throw unavailable("no connection token within the deadline", cause);
    });
  }
  throw unavailable("the renewal under way did not end in time");
}

async function tryLease({ clock, sessions }: TokenServices, { item }: Session, version: number) {
  const now = clock.now();
  const lease = newLease(now, leaseMs);
  const outcome = await sessions.update(item.pk, renewalLease(version, now, lease));
  const won = outcome.applied || outcome.item?.rl === lease;
  return { won, item: outcome.item, lease, now };
}

/** With the first token of a chat that Connect streams to us, its customer is connected: the flow starts only then. */
async function renew(
  services: TokenServices,
  session: Session,
  version: number,
  signal: AbortSignal,
  mostPauseMs?: number,
): Promise<ConnectionToken> {
  const input = {
    Type: ["CONNECTION_CREDENTIALS" as const],
    ...(version === 0 && isRelayed(session) && { ConnectParticipant: true }),
  };
  const token = openParticipantToken(session);
  const { credentials } = await services.participant
    .createParticipantConnection(
      input,
      token,
      AbortSignal.any([signal, AbortSignal.timeout(renewalMs)]),
      mostPauseMs,
    )
    .catch(async (error: unknown) => {
      throw isUpstreamDenial(error) ? await endedAtConnect(services, session, error) : error;
    });
  if (credentials === undefined) throw unavailable("Connect issued no connection token");
  await storeConnectionToken(services, session, version, credentials, renewalPauseMs);
  return { ...credentials, version: version + 1 };
}
