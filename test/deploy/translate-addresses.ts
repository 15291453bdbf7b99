/** Where the functions reach what has an execute-api address on AWS. */
export interface EmulatedAddresses {
  /** Of the emulator, for clients of WebSocket APIs: `ws://127.0.0.1:<port>`. */
  readonly sockets: string;
  /** Of the emulator, for the management of their connections: `http://127.0.0.1:<port>`. */
  readonly management: string;
  /** Of the identity provider whose keys are published at {@link keysAddress}. */
  readonly keys: string;
}

/** Where the deployed functions are told to find the keys of those who sign visitors in. */
export const keysAddress = "https://login.example.com/keys";

/**
 * A script for Node that makes every execute-api address in the environment the emulator's own, whatever the
 * variable, and that of the keys the provider's: the stack names the APIs as AWS does, and keeps to it in updates.
 * The emulator sets the variables as the process starts, and once more later.
 */
export function translateAddresses({ sockets, management, keys }: EmulatedAddresses): string {
  return `
    const bases = ${JSON.stringify({ wss: sockets, https: management })};
    const address = /^(wss|https):\\/\\/([a-z0-9]+)\\.execute-api\\.[^/]+\\/([^/]+)$/;
    const translate = (value) =>
      value === ${JSON.stringify(keysAddress)} ? ${JSON.stringify(keys)} : String(value).replace(address, (_, scheme, id, stage) => \`\${bases[scheme]}/_aws/execute-api/\${id}/\${stage}\`);
    process.env = new Proxy(process.env, {
      set: (variables, name, value) => Reflect.set(variables, name, translate(value)),
    });
    Object.assign(process.env, process.env);
  `;
}
