// `node read-report.mjs REPORT`: "PASSED FAILED" of a vitest report in JSON, and a line for each test that did not pass. For any
// Node.js, before anything is installed.
import { readFileSync } from "node:fs";
import { relative } from "node:path";

const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
const lines = [`${report.numPassedTests} ${report.numTotalTests - report.numPassedTests}`];
for (const { name, message, assertionResults } of report.testResults) {
  const file = relative(process.cwd(), name);
  for (const { status, fullName, failureMessages = [] } of assertionResults) {
    if (status !== "passed") lines.push(`${file}: ${fullName}: ${firstLine(failureMessages[0])}`);
  }
  if (message) lines.push(`${file}: ${firstLine(message)}`);
}
process.stdout.write(`${lines.join("\n")}\n`);

function firstLine(text = "") {
  return text.split("\n")[0];
}
