/** One call of the simulator's control plane, for what {@link SimulatorControl} has no name for. */
export async function controlSimulator(
  url: string,
  method: "GET" | "PUT" | "POST" | "DELETE",
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${url}/_sim/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} /_sim/${path}: ${response.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
