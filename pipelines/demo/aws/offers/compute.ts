import type { Meter } from '../../meters.ts';
import type { CurCells } from '../columns.ts';
import type { Offer } from './offer.ts';

const ec2 = { servicecode: 'AmazonEC2', productName: 'Amazon Elastic Compute Cloud', prefix: 'short' } as const;
const lambda = { servicecode: 'AWSLambda', productName: 'AWS Lambda', family: 'Serverless', prefix: 'short' } as const;
const fargate = {
  servicecode: 'AmazonECS',
  productName: 'Amazon Elastic Container Service',
  family: 'Compute',
  prefix: 'long',
  operation: 'FargateTask',
  unit: 'hours',
  places: 4,
} as const;
const sageMaker = { servicecode: 'AmazonSageMaker', productName: 'Amazon SageMaker', prefix: 'long' } as const;

/** Machines, containers, functions and machine learning. */
export const computeOffers = {
  'machine-2x4': machine('t3.medium', 'General purpose', '2', '4 GiB', '0.0416', '0.74'),
  'machine-2x8': machine('m6i.large', 'General purpose', '2', '8 GiB', '0.096', '0.73'),
  'machine-4x16': machine('m6i.xlarge', 'General purpose', '4', '16 GiB', '0.192', '0.73'),
  'machine-8x32': machine('m6i.2xlarge', 'General purpose', '8', '32 GiB', '0.384', '0.73'),
  'machine-8x16': machine('c6i.2xlarge', 'Compute optimized', '8', '16 GiB', '0.34', '0.74'),
  'machine-4x32': machine('r6i.xlarge', 'Memory optimized', '4', '32 GiB', '0.252', '0.74'),
  'machine-gpu': machine('g5.xlarge', 'GPU instance', '4', '16 GiB', '1.006', '0.77'),
  'machine-spot-8x16': {
    ...ec2,
    family: 'Compute Instance',
    usageType: 'SpotUsage:c6i.2xlarge',
    operation: 'RunInstances:SV001',
    unit: 'Hrs',
    rate: '0.34',
    places: 4,
    spot: true,
    attributes: machineAttributes('c6i.2xlarge', 'Compute optimized', '8', '16 GiB'),
  },
  'kubernetes-cluster': {
    servicecode: 'AmazonEKS',
    productName: 'Amazon Elastic Container Service for Kubernetes',
    family: 'Compute',
    usageType: 'AmazonEKS-Hours:perCluster',
    prefix: 'long',
    operation: 'CreateOperation',
    unit: 'Hours',
    rate: '0.10',
    places: 4,
  },
  'container-processor': {
    ...fargate,
    usageType: 'Fargate-vCPU-Hours:perCPU',
    rate: '0.04048',
    savingsPlan: { share: '0.8', places: 6 },
  },
  'container-memory': {
    ...fargate,
    usageType: 'Fargate-GB-Hours',
    rate: '0.004445',
    savingsPlan: { share: '0.8', places: 6 },
  },
  'function-time': {
    ...lambda,
    usageType: 'Lambda-GB-Second',
    operation: 'Invoke',
    unit: 'Lambda-GB-Second',
    rate: '0.0000166667',
    places: 0,
    savingsPlan: { share: '0.88', places: 10 },
    attributes: { 'product/group': 'AWS-Lambda-Duration' },
  },
  'function-requests': {
    ...lambda,
    usageType: 'Request',
    operation: 'Invoke',
    unit: 'Requests',
    rate: '0.0000002',
    places: 0,
    attributes: { 'product/group': 'AWS-Lambda-Requests' },
  },
  'function-requests-free': {
    ...lambda,
    usageType: 'Global-Request',
    prefix: 'none',
    operation: 'Invoke',
    unit: 'Requests',
    rate: '0.0000002',
    places: 0,
    free: true,
    attributes: { 'product/group': 'AWS-Lambda-Requests' },
  },
  'training-gpu': {
    ...sageMaker,
    family: 'ML Instance',
    usageType: 'Train:ml.p4d.24xlarge',
    operation: 'RunInstance',
    unit: 'Hrs',
    rate: '37.688',
    places: 4,
    attributes: { 'product/instanceType': 'ml.p4d.24xlarge', 'product/vcpu': '96', 'product/memory': '1152 GiB' },
  },
  'inference-gpu': {
    ...sageMaker,
    family: 'ML Instance',
    usageType: 'Host:ml.g5.xlarge',
    operation: 'RunInstance',
    unit: 'Hrs',
    rate: '1.408',
    places: 4,
    attributes: { 'product/instanceType': 'ml.g5.xlarge', 'product/vcpu': '4', 'product/memory': '16 GiB' },
  },
  'notebook-2x4': {
    ...sageMaker,
    family: 'ML Instance',
    usageType: 'Notebk:ml.t3.medium',
    operation: 'RunInstance',
    unit: 'Hrs',
    rate: '0.05',
    places: 4,
    attributes: { 'product/instanceType': 'ml.t3.medium', 'product/vcpu': '2', 'product/memory': '4 GiB' },
  },
  'model-small-input': languageModel('NovaLite', 'input', '0.00006'),
  'model-small-output': languageModel('NovaLite', 'output', '0.00024'),
  'model-large-input': languageModel('NovaPro', 'input', '0.0008'),
  'model-large-output': languageModel('NovaPro', 'output', '0.0032'),
} satisfies Partial<Record<Meter, Offer>>;

function machine(
  instanceType: string,
  family: string,
  vcpu: string,
  memory: string,
  rate: string,
  share: string,
): Offer {
  return {
    ...ec2,
    family: 'Compute Instance',
    usageType: `BoxUsage:${instanceType}`,
    operation: 'RunInstances',
    unit: 'Hrs',
    rate,
    places: 4,
    savingsPlan: { share, places: 5 },
    attributes: machineAttributes(instanceType, family, vcpu, memory),
  };
}

function machineAttributes(instanceType: string, family: string, vcpu: string, memory: string): CurCells {
  return {
    'product/instanceType': instanceType,
    'product/instanceFamily': family,
    'product/vcpu': vcpu,
    'product/memory': memory,
    'product/operatingSystem': 'Linux',
    'product/tenancy': 'Shared',
  };
}

function languageModel(model: string, direction: 'input' | 'output', rate: string): Offer {
  return {
    servicecode: 'AmazonBedrock',
    productName: 'Amazon Bedrock',
    family: 'Amazon Bedrock',
    usageType: `${model}-${direction}-tokens`,
    prefix: 'long',
    operation: '',
    unit: '1K tokens',
    rate,
    places: 3,
    attributes: { 'product/model': model },
  };
}
