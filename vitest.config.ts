import { defineConfig } from 'vitest/config';
import { browser } from './scripts/browser.ts';
import { postgresMissing } from './scripts/test-supabase-postgres.ts';

const excluded = ['**/node_modules/**', '**/dist/**', '**/.next/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: [
            '{core,pipelines,backend,bench,scripts,conformance}/**/*.test.ts',
            'demo-app/{lib,local}/**/*.test.ts',
            'widgets/{src,server}/**/*.test.ts',
          ],
          exclude: [...excluded, '**/*.browser.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          globalSetup: ['./scripts/test-supabase.ts'],
        },
      },
      {
        test: {
          // What Supabase holds, over a real PostgreSQL with its many connections; PGlite has one.
          name: 'postgres',
          environment: 'node',
          include: postgresMissing()
            ? ['scripts/postgres-skipped.ts']
            : [
                'core/metadata/**/*.test.ts',
                'core/identity/token-revocations.test.ts',
                'backend/http/{audit,idempotency}.test.ts',
              ],
          exclude: excluded,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          globalSetup: ['./scripts/test-supabase-postgres.ts'],
          setupFiles: ['./scripts/postgres-gaps.ts'],
        },
      },
      {
        root: './widgets',
        // Named, because Vite would find them one by one and reload in the middle of a run.
        optimizeDeps: {
          include: [
            'axe-core',
            'lit',
            'lit/decorators.js',
            'lit/directives/ref.js',
            'lit/directives/repeat.js',
            '@lit/context',
            '@tanstack/query-core',
            'echarts/core',
            'echarts/charts',
            'echarts/components',
            'echarts/renderers',
            'tslib',
          ],
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          exclude: excluded,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: browser(),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'product',
          environment: 'node',
          include: ['demo-app/e2e/**/*.test.ts'],
          exclude: excluded,
          globalSetup: ['./demo-app/e2e/global-setup.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
