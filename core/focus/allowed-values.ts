/** The closed lists of FOCUS 1.3, as spelled there. A value in any other spelling is not valid. */

export const capacityReservationStatuses = ['Used', 'Unused'] as const;
export type CapacityReservationStatus = (typeof capacityReservationStatuses)[number];

export const chargeCategories = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] as const;
export type ChargeCategory = (typeof chargeCategories)[number];

export const chargeClasses = ['Correction'] as const;
export type ChargeClass = (typeof chargeClasses)[number];

export const chargeFrequencies = ['One-Time', 'Recurring', 'Usage-Based'] as const;
export type ChargeFrequency = (typeof chargeFrequencies)[number];

export const commitmentDiscountCategories = ['Spend', 'Usage'] as const;
export type CommitmentDiscountCategory = (typeof commitmentDiscountCategories)[number];

export const commitmentDiscountStatuses = ['Used', 'Unused'] as const;
export type CommitmentDiscountStatus = (typeof commitmentDiscountStatuses)[number];

export const pricingCategories = ['Standard', 'Dynamic', 'Committed', 'Other'] as const;
export type PricingCategory = (typeof pricingCategories)[number];

export const serviceCategories = [
  'AI and Machine Learning',
  'Analytics',
  'Business Applications',
  'Compute',
  'Databases',
  'Developer Tools',
  'Multicloud',
  'Identity',
  'Integration',
  'Internet of Things',
  'Management and Governance',
  'Media',
  'Migration',
  'Mobile',
  'Networking',
  'Security',
  'Storage',
  'Web',
  'Other',
] as const;
export type ServiceCategory = (typeof serviceCategories)[number];

export const contractCommitmentCategories = ['Spend', 'Usage'] as const;
export type ContractCommitmentCategory = (typeof contractCommitmentCategories)[number];
