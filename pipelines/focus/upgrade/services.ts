import { type ServiceCategory, serviceSubcategories } from '@cloudact/core/focus';
import { literal } from './readers.ts';

/**
 * SQL of the ServiceSubcategory that a service has within a ServiceCategory, or null where the list does not hold the
 * service in that category. Names are compared without regard to case.
 */
export function serviceSubcategorySql(serviceName: string, serviceCategory: string): string {
  const cases = services.flatMap(([name, ...subcategories]) =>
    subcategories.map((subcategory) => `WHEN ${key(name, categoryOf(subcategory))} THEN ${literal(subcategory)}`),
  );
  return `CASE lower(trim(${serviceName})) || '|' || ${serviceCategory} ${cases.join(' ')} END`;
}

/** SQL of the ServiceCategory of a service that belongs to one category only; else null. */
export function serviceCategorySql(serviceName: string): string {
  const cases = services
    .filter(([, ...subcategories]) => subcategories.length === 1)
    .map(([name, subcategory]) => `WHEN ${literal(name)} THEN ${literal(categoryOf(subcategory!))}`);
  return `CASE lower(trim(${serviceName})) ${cases.join(' ')} END`;
}

/** SQL of the subcategory that FOCUS has for "none of these": `Other (Compute)` in Compute. */
export function otherSubcategorySql(serviceCategory: string): string {
  return `'Other (' || ${serviceCategory} || ')'`;
}

function key(name: string, category: ServiceCategory): string {
  return literal(`${name}|${category}`);
}

function categoryOf(subcategory: string): ServiceCategory {
  const pair = serviceSubcategories.find((candidate) => candidate.subcategory === subcategory);
  if (!pair) throw new TypeError(`not a FOCUS service subcategory: ${subcategory}`);
  return pair.category;
}

/**
 * Services by the lower-case ServiceName of the providers' FOCUS files. Where providers file one service under several
 * categories (EC2's volumes under Storage, its gateways under Networking), it has a subcategory in each.
 */
const services: readonly (readonly [name: string, ...subcategories: string[]])[] = [
  // AWS
  ['amazon api gateway', 'API Management', 'Application Networking'],
  ['amazon athena', 'Data Processing'],
  ['amazon aurora', 'Relational Databases'],
  ['amazon bedrock', 'Generative AI'],
  ['amazon cloudfront', 'Content Delivery'],
  ['amazon cognito', 'Identity and Access Management'],
  ['amazon documentdb (with mongodb compatibility)', 'NoSQL Databases'],
  ['amazon dynamodb', 'NoSQL Databases'],
  ['amazon ec2 container registry (ecr)', 'Containers'],
  ['amazon elastic block store', 'Block Storage'],
  ['amazon elastic compute cloud', 'Virtual Machines', 'Block Storage', 'Network Infrastructure'],
  ['amazon elastic container registry public', 'Containers'],
  ['amazon elastic container service', 'Containers'],
  ['amazon elastic container service for kubernetes', 'Containers'],
  ['amazon elastic file system', 'File Storage'],
  ['amazon elastic mapreduce', 'Data Processing'],
  ['amazon elasticache', 'Caching'],
  ['amazon eventbridge', 'Messaging'],
  ['amazon fsx', 'File Storage'],
  ['amazon glacier', 'Backup Storage'],
  ['amazon guardduty', 'Threat Detection and Response'],
  ['amazon inspector', 'Security Posture Management'],
  ['amazon kinesis', 'Streaming Analytics'],
  ['amazon kinesis firehose', 'Streaming Analytics'],
  ['amazon lightsail', 'Virtual Machines'],
  ['amazon macie', 'Threat Detection and Response'],
  ['amazon managed streaming for apache kafka', 'Streaming Analytics', 'Messaging'],
  ['amazon mq', 'Messaging'],
  ['amazon neptune', 'NoSQL Databases'],
  ['amazon opensearch service', 'Search'],
  ['amazon quantum ledger database', 'Ledger Databases'],
  ['amazon quicksight', 'Business Intelligence'],
  ['amazon redshift', 'Data Warehouses'],
  ['amazon relational database service', 'Relational Databases'],
  ['amazon route 53', 'Network Routing'],
  ['amazon sagemaker', 'Machine Learning'],
  ['amazon simple notification service', 'Messaging'],
  ['amazon simple queue service', 'Messaging'],
  ['amazon simple storage service', 'Object Storage'],
  ['amazon textract', 'Machine Learning'],
  ['amazon timestream', 'Time Series Databases'],
  ['amazon virtual private cloud', 'Network Infrastructure'],
  ['amazon workspaces', 'End User Computing'],
  ['amazoncloudwatch', 'Observability'],
  ['amazonec2', 'Virtual Machines', 'Block Storage', 'Network Infrastructure'],
  ['amazonrds', 'Relational Databases'],
  ['amazons3', 'Object Storage'],
  ['aws amplify', 'Application Platforms'],
  ['aws app runner', 'Containers', 'Application Platforms'],
  ['aws backup', 'Backup Storage'],
  ['aws cloudtrail', 'Compliance', 'Observability'],
  ['aws codebuild', 'Continuous Integration and Deployment'],
  ['aws codecommit', 'Source Code Management'],
  ['aws codepipeline', 'Continuous Integration and Deployment'],
  ['aws config', 'Compliance'],
  ['aws cost explorer', 'Cost Management'],
  ['aws data transfer', 'Network Connectivity'],
  ['aws database migration service', 'Data Migration'],
  ['aws datasync', 'Data Migration'],
  ['aws direct connect', 'Network Connectivity'],
  ['aws directory service', 'Identity and Access Management'],
  ['aws elemental mediaconvert', 'Media Streaming'],
  ['aws elemental medialive', 'Media Streaming'],
  ['aws fargate', 'Containers'],
  ['aws global accelerator', 'Network Routing'],
  ['aws glue', 'Data Processing'],
  ['aws iot', 'IoT Platforms'],
  ['aws key management service', 'Secret Management'],
  ['aws lambda', 'Serverless Compute'],
  ['aws network firewall', 'Network Security'],
  ['aws secrets manager', 'Secret Management'],
  ['aws security hub', 'Security Posture Management'],
  ['aws step functions', 'Workflow Orchestration'],
  ['aws storage gateway', 'Storage Platforms'],
  ['aws support (business)', 'Support'],
  ['aws support (developer)', 'Support'],
  ['aws support (enterprise)', 'Support'],
  ['aws transfer family', 'Data Migration'],
  ['aws waf', 'Network Security'],
  ['awslambda', 'Serverless Compute'],
  ['elastic load balancing', 'Application Networking'],
  // Microsoft Azure
  ['api management', 'API Management'],
  ['application gateway', 'Application Networking'],
  ['azure api management', 'API Management'],
  ['azure app service', 'Application Platforms'],
  ['azure bastion', 'Network Security'],
  ['azure cosmos db', 'NoSQL Databases'],
  ['azure data explorer', 'Analytics Platforms'],
  ['azure data factory', 'Data Processing'],
  ['azure database for mysql', 'Relational Databases'],
  ['azure database for postgresql', 'Relational Databases'],
  ['azure databricks', 'Analytics Platforms', 'AI Platforms'],
  ['azure devops', 'Developer Platforms'],
  ['azure dns', 'Network Routing'],
  ['azure firewall', 'Network Security'],
  ['azure front door', 'Content Delivery'],
  ['azure functions', 'Serverless Compute'],
  ['azure kubernetes service', 'Containers'],
  ['azure machine learning', 'Machine Learning'],
  ['azure managed disks', 'Block Storage'],
  ['azure monitor', 'Observability'],
  ['azure openai', 'Generative AI'],
  ['azure openai service', 'Generative AI'],
  ['azure sql database', 'Relational Databases'],
  ['azure synapse analytics', 'Data Warehouses', 'Analytics Platforms'],
  ['azure virtual desktop', 'End User Computing'],
  ['backup', 'Backup Storage'],
  ['bandwidth', 'Network Connectivity'],
  ['container instances', 'Containers'],
  ['container registry', 'Containers'],
  ['event hubs', 'Streaming Analytics', 'Messaging'],
  ['expressroute', 'Network Connectivity'],
  ['key vault', 'Secret Management'],
  ['load balancer', 'Application Networking'],
  ['log analytics', 'Observability'],
  ['logic apps', 'Workflow Orchestration'],
  ['microsoft defender for cloud', 'Security Posture Management'],
  ['microsoft sentinel', 'Threat Detection and Response'],
  ['nat gateway', 'Network Infrastructure'],
  ['power bi', 'Business Intelligence'],
  ['service bus', 'Messaging'],
  ['sql database', 'Relational Databases'],
  ['storage accounts', 'Object Storage'],
  ['virtual machine scale sets', 'Virtual Machines'],
  ['virtual machines', 'Virtual Machines'],
  ['virtual network', 'Network Infrastructure'],
  ['vpn gateway', 'Network Connectivity'],
  // Google Cloud
  ['alloydb', 'Relational Databases'],
  ['app engine', 'Application Platforms'],
  ['artifact registry', 'Containers', 'Developer Platforms'],
  ['bigquery', 'Data Warehouses', 'Analytics Platforms'],
  ['bigquery reservation api', 'Data Warehouses', 'Analytics Platforms'],
  ['bigtable', 'NoSQL Databases'],
  ['cloud bigtable', 'NoSQL Databases'],
  ['cloud build', 'Continuous Integration and Deployment'],
  ['cloud composer', 'Workflow Orchestration'],
  ['cloud dataflow', 'Data Processing'],
  ['cloud dns', 'Network Routing'],
  ['cloud filestore', 'File Storage'],
  ['cloud firestore', 'NoSQL Databases'],
  ['cloud functions', 'Serverless Compute'],
  ['cloud key management service (kms)', 'Secret Management'],
  ['cloud logging', 'Observability'],
  ['cloud memorystore for redis', 'Caching'],
  ['cloud monitoring', 'Observability'],
  ['cloud pub/sub', 'Messaging'],
  ['cloud run', 'Serverless Compute', 'Containers'],
  ['cloud run functions', 'Serverless Compute'],
  ['cloud spanner', 'Relational Databases'],
  ['cloud sql', 'Relational Databases'],
  ['cloud storage', 'Object Storage'],
  ['compute engine', 'Virtual Machines'],
  ['dataproc', 'Data Processing'],
  ['gemini api', 'Generative AI'],
  ['google kubernetes engine', 'Containers'],
  ['kubernetes engine', 'Containers'],
  ['networking', 'Network Infrastructure'],
  ['secret manager', 'Secret Management'],
  ['vertex ai', 'AI Platforms'],
  // Oracle Cloud Infrastructure
  ['block_storage', 'Block Storage'],
  ['compute', 'Virtual Machines'],
  ['database', 'Relational Databases'],
  ['file_storage', 'File Storage'],
  ['generative_ai', 'Generative AI'],
  ['loadbalancer', 'Application Networking'],
  ['logging', 'Observability'],
  ['mysql', 'Relational Databases'],
  ['network', 'Network Infrastructure'],
  ['objectstorage', 'Object Storage'],
  ['object_storage', 'Object Storage'],
  ['telemetry', 'Observability'],
];
