import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm run check` checks the types of the whole house; a build on somebody's machine need not do it again.
  typescript: { ignoreBuildErrors: true },
  // The checkout's root: workspaces are linked into node_modules from there.
  turbopack: { root: new URL('..', import.meta.url).pathname },
  outputFileTracingRoot: new URL('..', import.meta.url).pathname,
};

export default config;
