import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "tests",
          include: ["test/**/*.test.ts"],
          globalSetup: ["test/browser/unpack-browser.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "deployment",
          include: ["test/deploy/**/*.deploy.ts"],
          // The longest step is an installation from the package index.
          hookTimeout: 600_000,
          testTimeout: 240_000,
          // For clients that go to the simulated Amazon Connect directly.
          env: { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
        },
      },
    ],
  },
});
