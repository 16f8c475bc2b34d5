import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const root = fileURLToPath(new URL('..', import.meta.url));

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm run check` checks the types of the whole house; a build on somebody's machine need not do it again.
  typescript: { ignoreBuildErrors: true },
  // The checkout's root: workspaces are linked into node_modules from there.
  turbopack: { root: root },
  outputFileTracingRoot: root,
};

export default config;
