import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";

/** An identity provider that signs whatever it is told to, and publishes its keys. */
export class TokenIssuer {
  readonly url: string;
  readonly #keys = new Map<string, { readonly privateKey: CryptoKey; readonly published: JWK }>();
  readonly #server: ReturnType<typeof createServer>;
  readonly #now: () => number;
  /** How often its keys were asked for. */
  asked = 0;
  /** Whether it answers at all. */
  isDown = false;
  /** Whether it publishes a list without keys. */
  hasNoKeys = false;

  private constructor(server: ReturnType<typeof createServer>, now: () => number) {
    this.#server = server;
    this.#now = now;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Starts one with one key, `one`, whose clock is `now`. */
  static async start(now: () => number): Promise<TokenIssuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const issuer = new TokenIssuer(server, now);
    server.on("request", (_request, response) => {
      issuer.asked += 1;
      response.statusCode = issuer.isDown ? 503 : 200;
      const keys = issuer.hasNoKeys ? [] : [...issuer.#keys.values()].map(({ published }) => published);
      response.end(JSON.stringify({ keys }));
    });
    await issuer.addKey("one");
    return issuer;
  }

  async addKey(kid: string): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    this.#keys.set(kid, { privateKey, published: { ...(await exportJWK(publicKey)), kid, use: "sig" } });
  }

  removeKey(kid: string): void {
    this.#keys.delete(kid);
  }

  /** The public key, as anybody can read it. */
  published(kid: string): JWK {
    const key = this.#keys.get(kid);
    if (key === undefined) throw new Error(`no key ${kid}`);
    return key.published;
  }

  /** A token for `chat-page`, for five minutes, unless `claims` say otherwise; what is undefined is left out. */
  async sign(claims: Readonly<Record<string, unknown>> = {}, kid = "one", key?: CryptoKey): Promise<string> {
    const privateKey = key ?? this.#keys.get(kid)?.privateKey;
    if (privateKey === undefined) throw new Error(`no key ${kid}`);
    const seconds = Math.floor(this.#now() / 1_000);
    return new SignJWT({
      iss: this.url,
      aud: "chat-page",
      sub: "jane",
      iat: seconds,
      exp: seconds + 300,
      ...claims,
    })
      .setProtectedHeader({ alg: "RS256", kid })
      .sign(privateKey);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
