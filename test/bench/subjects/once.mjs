// Measures one cold start inside a fresh process: `node once.mjs MODULE [EVENT]`. What Lambda requires is required here, an ES module is imported.
import { createRequire } from "node:module";

const [path = "", event] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const startedAt = performance.now();
const { handler } = path.endsWith("js") && !path.endsWith(".mjs") ? require(path) : await import(path);
const init = performance.now() - startedAt;
let answered;
if (event !== undefined) {
  const write = process.stdout.write;
  process.stdout.write = () => true;
  const deadline = Date.now() + 10_000;
  const context = { awsRequestId: "one", getRemainingTimeInMillis: () => deadline - Date.now() };
  const answer = await handler(JSON.parse(event), context);
  answered = performance.now() - startedAt;
  process.stdout.write = write;
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`);
}
process.stdout.write(JSON.stringify({ init, answered }), () => process.exit());
