// Measures what a bundle's init is made of, in a fresh process: `node init-parts.cjs BUNDLE MODULES`, the latter as JSON: Node.js's own that it requires.
const { readFileSync } = require("node:fs");
const { Script } = require("node:vm");
const { createRequire, wrap } = require("node:module");

const [path, modules] = process.argv.slice(2);
const marks = [performance.now()];
for (const name of JSON.parse(modules)) require(name);
marks.push(performance.now());
const script = new Script(wrap(readFileSync(path, "utf8")), { filename: path });
marks.push(performance.now());
const module_ = { exports: {} };
script.runInThisContext()(module_.exports, createRequire(path), module_, path, path);
marks.push(performance.now());
if (typeof module_.exports.handler !== "function") throw new Error(`${path} has no handler`);
const [start, required, compiled, run] = marks;
const parts = { modules: required - start, compiling: compiled - required, running: run - compiled };
process.stdout.write(JSON.stringify(parts), () => process.exit());
