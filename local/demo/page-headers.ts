/** Where the page's chat connects to besides its own origin: the simulator's sockets and S3, or Amazon's. */
const simulatedSources = ["ws://127.0.0.1:*", "http://127.0.0.1:*"];
const amazonSources = ["wss://*.amazonaws.com", "https://*.amazonaws.com"];

/** Security headers of all of the page's answers: nothing from elsewhere, nothing inline, nobody may frame it. */
export function pageHeaders({
  simulated,
}: {
  readonly simulated: boolean;
}): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src 'self' ${[...simulatedSources, ...(simulated ? [] : amazonSources)].join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    "Content-Security-Policy": policy.join("; "),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
  };
}
