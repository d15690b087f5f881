import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';

/** One system in containers for all of these tests, one file after the other. */
export default mergeConfig(
  base,
  defineConfig({
    test: {
      include: ['infra/test/compose/**/*.test.ts'],
      globalSetup: ['infra/test/compose/setup.ts'],
      fileParallelism: false,
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  }),
);
