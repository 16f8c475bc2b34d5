import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { StorybookConfig } from '@storybook/web-components-vite';

// The pages about properties, slots and parts are read from the manifest, and the manifest from the sources.
const widgets = fileURLToPath(new URL('../widgets', import.meta.url));
const cem = fileURLToPath(new URL('../node_modules/@custom-elements-manifest/analyzer/cem.js', import.meta.url));
execFileSync(process.execPath, [cem, 'analyze', '--config', 'cem.config.mjs', '--quiet'], {
  cwd: widgets,
  stdio: 'inherit',
});

export default {
  framework: '@storybook/web-components-vite',
  stories: ['../widgets/src/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-themes'],
  // The package tells bundlers that only its built files register elements; the sources, which stories import, do too.
  viteFinal: (config) => ({ ...config, build: { ...config.build, rolldownOptions: { treeshake: false } } }),
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
} satisfies StorybookConfig;
