// `node read-report.mjs REPORT`: "PASSED FAILED" of a vitest report in JSON, and what failed, at most so many lines of it: tests, and
// files that could not be run. For any Node.js, before anything is installed.
import { readFileSync } from "node:fs";
import { relative } from "node:path";

const mostLines = 20;
const report = JSON.parse(readFileSync(process.argv[2], "utf8"));
const counts = `${report.numPassedTests} ${report.numTotalTests - report.numPassedTests}`;
const lines = [];
for (const { name, message, assertionResults } of report.testResults) {
  const file = relative(process.cwd(), name);
  for (const { status, fullName, failureMessages = [] } of assertionResults) {
    if (status === "failed") lines.push(`${file}: ${fullName}: ${firstLine(failureMessages[0])}`);
  }
  if (message) lines.push(`${file}: ${firstLine(message)}`);
}
const more = lines.length > mostLines ? [`and ${lines.length - mostLines} more`] : [];
process.stdout.write(`${[counts, ...lines.slice(0, mostLines), ...more].join("\n")}\n`);

function firstLine(text = "") {
  return text.split("\n")[0];
}
