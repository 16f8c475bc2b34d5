interface GithubService {
  readonly name: string;
  readonly subcategory: string;
}

const enterprise: GithubService = { name: 'GitHub Enterprise Cloud', subcategory: 'Source Code Management' };
const largeFiles: GithubService = { name: 'Git Large File Storage', subcategory: 'Source Code Management' };
const security: GithubService = { name: 'GitHub Advanced Security', subcategory: 'Quality Assurance' };

/** FOCUS ServiceName and ServiceSubcategory by the product that GitHub names, in lower case, in all its spellings. */
export const githubServices: Readonly<Record<string, GithubService>> = {
  actions: { name: 'GitHub Actions', subcategory: 'Continuous Integration and Deployment' },
  codespaces: { name: 'GitHub Codespaces', subcategory: 'Development Environments' },
  copilot: { name: 'GitHub Copilot', subcategory: 'Development Environments' },
  spark: { name: 'GitHub Spark', subcategory: 'Development Environments' },
  models: { name: 'GitHub Models', subcategory: 'Generative AI' },
  packages: { name: 'GitHub Packages', subcategory: 'Developer Platforms' },
  git_lfs: largeFiles,
  'git lfs': largeFiles,
  ghec: enterprise,
  'github enterprise': enterprise,
  'enterprise cloud': enterprise,
  ghas: security,
  'advanced security': security,
  'code security': security,
  'secret protection': security,
};

/** FOCUS unit by the type that GitHub names, in lower case, without spaces, hyphens, underscores and the s at its end. */
export const githubUnits: Readonly<Record<string, string>> = {
  usermonth: 'User-Months',
  minute: 'Minutes',
  hour: 'Hours',
  request: 'Requests',
  gigabyte: 'GB',
  gigabytehour: 'GB-Hours',
  gigabytemonth: 'GB-Months',
  aicredit: 'Credits',
  credit: 'Credits',
  tokenunit: 'Units',
};
