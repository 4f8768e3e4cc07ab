import type { NextConfig } from 'next';

const config: NextConfig = {
  // The paths of the API end with a slash, which Next.js would remove by a redirect.
  skipTrailingSlashRedirect: true,
};

export default config;
