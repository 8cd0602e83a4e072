import { defineConfig } from "vitest/config";

export default defineConfig({
  // A depth-20 proof takes seconds on a slow machine.
  test: { include: ["frontend/**/tests/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
