/** A starting point for the form in which a person enters a subscription. It never prices anything by itself. */
export interface PlanTemplate {
  readonly id: string;
  readonly vendor: string;
  readonly product: string;
  readonly serviceCategory: string;
  readonly serviceSubcategory: string;
  readonly model: 'flat' | 'per_seat';
  /** What is counted, in the singular. */
  readonly unit: string;
  readonly cadences: readonly ('month' | 'year')[];
  /**
   * What the vendor published on a day: for people to compare with their contract, not for computing. Null where no
   * published price was known for certain.
   */
  readonly suggestedPrice: string | null;
  /** The day on which it was last looked at. */
  readonly asOf: string;
  /** Where the vendor publishes its prices. */
  readonly source: string;
  /** A person has to confirm the price before a plan may use it. */
  readonly confirm: true;
}

type Listed = readonly [
  id: string,
  vendor: string,
  product: string,
  kind: keyof typeof KINDS,
  source: string,
  suggestedPrice?: string,
];

const KINDS = {
  collaboration: ['Business Applications', 'Productivity and Collaboration'],
  business: ['Business Applications', 'Other (Business Applications)'],
  design: ['Media', 'Content Creation'],
  generative: ['AI and Machine Learning', 'Generative AI'],
  source: ['Developer Tools', 'Source Code Management'],
  editor: ['Developer Tools', 'Development Environments'],
  developer: ['Developer Tools', 'Developer Platforms'],
  tracker: ['Developer Tools', 'Other (Developer Tools)'],
  secrets: ['Security', 'Secret Management'],
} as const;

const AS_OF = '2025-06-30';
/** Plans of one person, at one price. */
const PERSONAL: ReadonlySet<string> = new Set(['canva-pro', 'chatgpt-plus', 'claude-pro', 'cursor-pro']);
const SEAT_MONTH = 'USD per seat and month';

const LISTED: readonly Listed[] = [
  ['canva-pro', 'Canva', 'Canva Pro', 'design', 'https://www.canva.com/pricing/'],
  ['canva-teams', 'Canva', 'Canva Teams', 'design', 'https://www.canva.com/pricing/'],
  ['slack-pro', 'Slack', 'Slack Pro', 'collaboration', 'https://slack.com/pricing'],
  ['slack-business-plus', 'Slack', 'Slack Business+', 'collaboration', 'https://slack.com/pricing'],
  ['chatgpt-plus', 'OpenAI', 'ChatGPT Plus', 'generative', 'https://openai.com/chatgpt/pricing/', '20 USD per month'],
  [
    'chatgpt-team',
    'OpenAI',
    'ChatGPT Team',
    'generative',
    'https://openai.com/chatgpt/pricing/',
    `30 ${SEAT_MONTH}, billed monthly; 25 billed yearly`,
  ],
  ['chatgpt-business', 'OpenAI', 'ChatGPT Business', 'generative', 'https://openai.com/chatgpt/pricing/'],
  [
    'claude-pro',
    'Anthropic',
    'Claude Pro',
    'generative',
    'https://claude.com/pricing',
    '20 USD per month, billed monthly',
  ],
  [
    'claude-team',
    'Anthropic',
    'Claude Team',
    'generative',
    'https://claude.com/pricing',
    `30 ${SEAT_MONTH}, billed monthly; 25 billed yearly`,
  ],
  ['notion-plus', 'Notion', 'Notion Plus', 'collaboration', 'https://www.notion.com/pricing'],
  ['notion-business', 'Notion', 'Notion Business', 'collaboration', 'https://www.notion.com/pricing'],
  ['figma-professional', 'Figma', 'Figma Professional', 'design', 'https://www.figma.com/pricing/'],
  ['zoom-workplace-pro', 'Zoom', 'Zoom Workplace Pro', 'collaboration', 'https://zoom.us/pricing'],
  ['jira-standard', 'Atlassian', 'Jira Standard', 'tracker', 'https://www.atlassian.com/software/jira/pricing'],
  [
    'confluence-standard',
    'Atlassian',
    'Confluence Standard',
    'collaboration',
    'https://www.atlassian.com/software/confluence/pricing',
  ],
  ['github-team', 'GitHub', 'GitHub Team', 'source', 'https://github.com/pricing', `4 ${SEAT_MONTH}`],
  [
    'github-copilot-business',
    'GitHub',
    'GitHub Copilot Business',
    'editor',
    'https://github.com/features/copilot/plans',
    `19 ${SEAT_MONTH}`,
  ],
  ['cursor-pro', 'Anysphere', 'Cursor Pro', 'editor', 'https://cursor.com/pricing', '20 USD per month, billed monthly'],
  [
    'cursor-teams',
    'Anysphere',
    'Cursor Teams',
    'editor',
    'https://cursor.com/pricing',
    `40 ${SEAT_MONTH}, billed monthly`,
  ],
  [
    'microsoft-365-business-standard',
    'Microsoft',
    'Microsoft 365 Business Standard',
    'collaboration',
    'https://www.microsoft.com/microsoft-365/business/compare-all-plans',
    `12.50 ${SEAT_MONTH}, billed yearly`,
  ],
  [
    'google-workspace-business-standard',
    'Google',
    'Google Workspace Business Standard',
    'collaboration',
    'https://workspace.google.com/pricing',
  ],
  [
    'salesforce-sales-enterprise',
    'Salesforce',
    'Sales Cloud Enterprise',
    'business',
    'https://www.salesforce.com/sales/pricing/',
  ],
  ['linear-business', 'Linear', 'Linear Business', 'tracker', 'https://linear.app/pricing'],
  [
    '1password-business',
    '1Password',
    '1Password Business',
    'secrets',
    'https://1password.com/pricing',
    `7.99 ${SEAT_MONTH}, billed yearly`,
  ],
  ['vercel-pro', 'Vercel', 'Vercel Pro', 'developer', 'https://vercel.com/pricing', `20 ${SEAT_MONTH}`],
];

/** Plans that many organisations have. */
export const planTemplates: readonly PlanTemplate[] = LISTED.map(
  ([id, vendor, product, kind, source, price = null]) => ({
    id,
    vendor,
    product,
    serviceCategory: KINDS[kind][0],
    serviceSubcategory: KINDS[kind][1],
    model: PERSONAL.has(id) ? 'flat' : 'per_seat',
    unit: PERSONAL.has(id) ? 'Subscription' : 'Seat',
    cadences: ['month', 'year'],
    suggestedPrice: price,
    asOf: AS_OF,
    source,
    confirm: true,
  }),
);
