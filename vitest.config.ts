import { defineConfig } from 'vitest/config';

/**
 * How every workspace's tests run: `vitest run --config ../../vitest.config.ts` in the workspace,
 * or `vitest run FOLDER` at the root.
 */
export default defineConfig({
  test: {
    passWithNoTests: true,
    // Generous: a test waits for a condition, and this only bounds how long it may on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
    exclude: ['**/node_modules/**', '**/dist/**', '**/.turbo/**'],
    reporters: ['default', ['json', { outputFile: '.turbo/test-report.json' }]],
  },
});
