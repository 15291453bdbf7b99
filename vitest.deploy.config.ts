import { defineConfig } from "vitest/config";

// biome-ignore lint/style/noDefaultExport: Vitest reads the default export
export default defineConfig({
  test: {
    include: ["test/deploy/**/*.deploy.ts"],
    // The longest step is an installation from the package index.
    hookTimeout: 300_000,
    testTimeout: 120_000,
    // For clients that go to the simulated Amazon Connect directly.
    env: { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
  },
});
