import type { ServiceSubcategory } from '@cloudact/core/focus';
import { rarerServices } from './rarer-services.ts';

/** What an AWS product code stands for. Codes are compared without case. */
export interface AwsService {
  readonly name: string;
  readonly subcategory: ServiceSubcategory;
}

/**
 * AWS product codes, as `lineItem/ProductCode` has them, by their primary purpose. The product code decides, not
 * `product/servicecode`, which says AWSDataTransfer for the traffic of every service: FOCUS allows a service name one
 * category. Names are used only where the bill has none.
 */
export const awsServices: Readonly<Record<string, AwsService>> = {
  // AI and Machine Learning
  AmazonBedrock: { name: 'Amazon Bedrock', subcategory: 'Generative AI' },
  AmazonBedrockAgentCore: { name: 'Amazon Bedrock AgentCore', subcategory: 'Generative AI' },
  AmazonBedrockService: { name: 'Amazon Bedrock Service', subcategory: 'Generative AI' },
  AmazonBedrockFoundationModels: { name: 'Amazon Bedrock Foundation Models', subcategory: 'Generative AI' },
  AmazonQ: { name: 'Amazon Q', subcategory: 'Generative AI' },
  AmazonSageMaker: { name: 'Amazon SageMaker', subcategory: 'Machine Learning' },
  AmazonRekognition: { name: 'Amazon Rekognition', subcategory: 'Machine Learning' },
  AmazonTextract: { name: 'Amazon Textract', subcategory: 'Machine Learning' },
  AmazonPersonalize: { name: 'Amazon Personalize', subcategory: 'Machine Learning' },
  AmazonForecast: { name: 'Amazon Forecast', subcategory: 'Machine Learning' },
  AmazonLex: { name: 'Amazon Lex', subcategory: 'Bots' },
  AmazonPolly: { name: 'Amazon Polly', subcategory: 'Natural Language Processing' },
  transcribe: { name: 'Amazon Transcribe', subcategory: 'Natural Language Processing' },
  translate: { name: 'Amazon Translate', subcategory: 'Natural Language Processing' },
  comprehend: { name: 'Amazon Comprehend', subcategory: 'Natural Language Processing' },
  AmazonKendra: { name: 'Amazon Kendra', subcategory: 'Natural Language Processing' },

  // Analytics
  AmazonAthena: { name: 'Amazon Athena', subcategory: 'Data Processing' },
  AWSGlue: { name: 'AWS Glue', subcategory: 'Data Processing' },
  ElasticMapReduce: { name: 'Amazon Elastic MapReduce', subcategory: 'Data Processing' },
  AWSLakeFormation: { name: 'AWS Lake Formation', subcategory: 'Analytics Platforms' },
  AmazonQuickSight: { name: 'Amazon QuickSight', subcategory: 'Business Intelligence' },
  AmazonES: { name: 'Amazon OpenSearch Service', subcategory: 'Search' },
  AmazonCloudSearch: { name: 'Amazon CloudSearch', subcategory: 'Search' },
  AmazonKinesis: { name: 'Amazon Kinesis', subcategory: 'Streaming Analytics' },
  AmazonKinesisFirehose: { name: 'Amazon Kinesis Firehose', subcategory: 'Streaming Analytics' },
  AmazonKinesisAnalytics: { name: 'Amazon Managed Service for Apache Flink', subcategory: 'Streaming Analytics' },
  AmazonMSK: { name: 'Amazon Managed Streaming for Apache Kafka', subcategory: 'Streaming Analytics' },

  // Business Applications
  AmazonConnect: { name: 'Amazon Connect', subcategory: 'Other (Business Applications)' },
  ContactCenterTelecomm: { name: 'Contact Center Telecommunications', subcategory: 'Other (Business Applications)' },
  AmazonWorkMail: { name: 'AmazonWorkMail', subcategory: 'Productivity and Collaboration' },
  AmazonWorkDocs: { name: 'Amazon WorkDocs', subcategory: 'Productivity and Collaboration' },
  AmazonChime: { name: 'Amazon Chime', subcategory: 'Productivity and Collaboration' },

  // Compute
  AmazonEC2: { name: 'Amazon Elastic Compute Cloud', subcategory: 'Virtual Machines' },
  AmazonLightsail: { name: 'Amazon Lightsail', subcategory: 'Virtual Machines' },
  ComputeSavingsPlans: { name: 'Savings Plans for AWS Compute usage', subcategory: 'Other (Compute)' },
  AWSLambda: { name: 'AWS Lambda', subcategory: 'Serverless Compute' },
  AmazonECS: { name: 'Amazon Elastic Container Service', subcategory: 'Containers' },
  AmazonEKS: { name: 'Amazon Elastic Container Service for Kubernetes', subcategory: 'Containers' },
  AmazonECR: { name: 'Amazon EC2 Container Registry (ECR)', subcategory: 'Containers' },
  AmazonECRPublic: { name: 'Amazon Elastic Container Registry Public', subcategory: 'Containers' },
  AWSAppRunner: { name: 'AWS App Runner', subcategory: 'Containers' },
  AmazonWorkSpaces: { name: 'Amazon WorkSpaces', subcategory: 'End User Computing' },
  AmazonAppStream: { name: 'Amazon AppStream', subcategory: 'End User Computing' },
  AmazonBraket: { name: 'Amazon Braket', subcategory: 'Quantum Compute' },
  AWSOutposts: { name: 'AWS Outposts', subcategory: 'Other (Compute)' },

  // Databases
  AmazonRDS: { name: 'Amazon Relational Database Service', subcategory: 'Relational Databases' },
  DatabaseSavingsPlans: { name: 'Savings Plans for AWS Database usage', subcategory: 'Other (Databases)' },
  AmazonDynamoDB: { name: 'Amazon DynamoDB', subcategory: 'NoSQL Databases' },
  AmazonDAX: { name: 'Amazon DynamoDB Accelerator (DAX)', subcategory: 'Caching' },
  AmazonDocDB: { name: 'Amazon DocumentDB (with MongoDB compatibility)', subcategory: 'NoSQL Databases' },
  AmazonMCS: { name: 'Amazon Keyspaces (for Apache Cassandra)', subcategory: 'NoSQL Databases' },
  AmazonNeptune: { name: 'Amazon Neptune', subcategory: 'NoSQL Databases' },
  AmazonElastiCache: { name: 'Amazon ElastiCache', subcategory: 'Caching' },
  AmazonMemoryDB: { name: 'Amazon MemoryDB', subcategory: 'Caching' },
  AmazonRedshift: { name: 'Amazon Redshift', subcategory: 'Data Warehouses' },
  AmazonTimestream: { name: 'Amazon Timestream', subcategory: 'Time Series Databases' },
  AmazonQLDB: { name: 'Amazon Quantum Ledger Database', subcategory: 'Ledger Databases' },

  // Developer Tools
  CodeBuild: { name: 'AWS CodeBuild', subcategory: 'Continuous Integration and Deployment' },
  AWSCodePipeline: { name: 'AWS CodePipeline', subcategory: 'Continuous Integration and Deployment' },
  AWSCodeDeploy: { name: 'AWS CodeDeploy', subcategory: 'Continuous Integration and Deployment' },
  AWSCodeCommit: { name: 'AWS CodeCommit', subcategory: 'Source Code Management' },
  AWSCodeArtifact: { name: 'AWS CodeArtifact', subcategory: 'Developer Platforms' },
  AWSCloudShell: { name: 'AWS CloudShell', subcategory: 'Development Environments' },
  AWSDeviceFarm: { name: 'AWS Device Farm', subcategory: 'Quality Assurance' },

  // Identity
  AmazonCognito: { name: 'Amazon Cognito', subcategory: 'Identity and Access Management' },
  AWSDirectoryService: { name: 'AWS Directory Service', subcategory: 'Identity and Access Management' },

  // Integration
  AmazonApiGateway: { name: 'Amazon API Gateway', subcategory: 'API Management' },
  AWSAppSync: { name: 'AWS AppSync', subcategory: 'API Management' },
  AWSQueueService: { name: 'Amazon Simple Queue Service', subcategory: 'Messaging' },
  AmazonSNS: { name: 'Amazon Simple Notification Service', subcategory: 'Messaging' },
  AmazonSES: { name: 'Amazon Simple Email Service', subcategory: 'Messaging' },
  AmazonPinpoint: { name: 'Amazon Pinpoint', subcategory: 'Messaging' },
  AmazonMQ: { name: 'Amazon MQ', subcategory: 'Messaging' },
  AWSEvents: { name: 'CloudWatch Events', subcategory: 'Messaging' },
  AmazonStates: { name: 'AWS Step Functions', subcategory: 'Workflow Orchestration' },
  AmazonMWAA: { name: 'Amazon Managed Workflows for Apache Airflow', subcategory: 'Workflow Orchestration' },
  AmazonSWF: { name: 'Amazon Simple Workflow Service', subcategory: 'Workflow Orchestration' },

  // Internet of Things
  AWSIoT: { name: 'AWS IoT', subcategory: 'IoT Platforms' },
  AWSIoTAnalytics: { name: 'AWS IoT Analytics', subcategory: 'IoT Analytics' },
  AWSGreengrass: { name: 'AWS Greengrass', subcategory: 'IoT Platforms' },

  // Management and Governance
  AmazonCloudWatch: { name: 'AmazonCloudWatch', subcategory: 'Observability' },
  AWSXRay: { name: 'AWS X-Ray', subcategory: 'Observability' },
  AmazonPrometheus: { name: 'Amazon Managed Service for Prometheus', subcategory: 'Observability' },
  AmazonGrafana: { name: 'Amazon Managed Grafana', subcategory: 'Observability' },
  AWSCloudTrail: { name: 'AWS CloudTrail', subcategory: 'Compliance' },
  AWSConfig: { name: 'AWS Config', subcategory: 'Compliance' },
  AWSAuditManager: { name: 'AWS Audit Manager', subcategory: 'Compliance' },
  AWSSystemsManager: { name: 'AWS Systems Manager', subcategory: 'Endpoint Management' },
  AWSServiceCatalog: { name: 'AWS Service Catalog', subcategory: 'Architecture' },
  AWSCloudFormation: { name: 'AWS CloudFormation', subcategory: 'Architecture' },
  AWSCostExplorer: { name: 'AWS Cost Explorer', subcategory: 'Cost Management' },
  AWSBudgets: { name: 'AWS Budgets', subcategory: 'Cost Management' },
  AWSSupportBusiness: { name: 'AWS Support (Business)', subcategory: 'Support' },
  AWSSupportDeveloper: { name: 'AWS Support (Developer)', subcategory: 'Support' },
  AWSSupportEnterprise: { name: 'AWS Support (Enterprise)', subcategory: 'Support' },
  AWSPremiumSupport: { name: 'AWS Premium Support', subcategory: 'Support' },
  AWSDeveloperSupport: { name: 'AWS Developer Support', subcategory: 'Support' },

  // Media
  AWSElementalMediaConvert: { name: 'AWS Elemental MediaConvert', subcategory: 'Content Creation' },
  AWSElementalMediaLive: { name: 'AWS Elemental MediaLive', subcategory: 'Media Streaming' },
  AmazonIVS: { name: 'Amazon Interactive Video Service', subcategory: 'Media Streaming' },
  AmazonGameLift: { name: 'Amazon GameLift', subcategory: 'Gaming' },

  // Migration
  AWSDatabaseMigrationSvc: { name: 'AWS Database Migration Service', subcategory: 'Data Migration' },
  AWSDataSync: { name: 'AWS DataSync', subcategory: 'Data Migration' },
  AWSTransfer: { name: 'AWS Transfer Family', subcategory: 'Data Migration' },
  AWSMigrationHubRefactorSpaces: { name: 'AWS Migration Hub Refactor Spaces', subcategory: 'Resource Migration' },

  // Networking
  AmazonVPC: { name: 'Amazon Virtual Private Cloud', subcategory: 'Network Infrastructure' },
  AWSDataTransfer: { name: 'AWS Data Transfer', subcategory: 'Network Connectivity' },
  AWSDirectConnect: { name: 'AWS Direct Connect', subcategory: 'Network Connectivity' },
  AmazonCloudFront: { name: 'Amazon CloudFront', subcategory: 'Content Delivery' },
  AmazonRoute53: { name: 'Amazon Route 53', subcategory: 'Network Routing' },
  AWSGlobalAccelerator: { name: 'AWS Global Accelerator', subcategory: 'Network Routing' },
  AWSELB: { name: 'Elastic Load Balancing', subcategory: 'Application Networking' },
  AWSCloudMap: { name: 'AWS Cloud Map', subcategory: 'Application Networking' },
  AWSNetworkFirewall: { name: 'AWS Network Firewall', subcategory: 'Network Security' },
  awswaf: { name: 'AWS WAF', subcategory: 'Network Security' },
  AWSShield: { name: 'AWS Shield', subcategory: 'Network Security' },
  AmazonRegistrar: { name: 'Amazon Registrar', subcategory: 'Other (Networking)' },

  // Security
  awskms: { name: 'AWS Key Management Service', subcategory: 'Secret Management' },
  AWSSecretsManager: { name: 'AWS Secrets Manager', subcategory: 'Secret Management' },
  CloudHSM: { name: 'AWS CloudHSM', subcategory: 'Secret Management' },
  AWSCertificateManager: { name: 'AWS Certificate Manager', subcategory: 'Secret Management' },
  AWSSecurityHub: { name: 'AWS Security Hub', subcategory: 'Security Posture Management' },
  AmazonInspector: { name: 'Amazon Inspector', subcategory: 'Security Posture Management' },
  AmazonInspectorV2: { name: 'Amazon Inspector v2', subcategory: 'Security Posture Management' },
  AmazonGuardDuty: { name: 'Amazon GuardDuty', subcategory: 'Threat Detection and Response' },
  AmazonDetective: { name: 'Amazon Detective', subcategory: 'Threat Detection and Response' },
  AmazonMacie: { name: 'Amazon Macie', subcategory: 'Other (Security)' },

  // Storage
  AmazonS3: { name: 'Amazon Simple Storage Service', subcategory: 'Object Storage' },
  AmazonGlacier: { name: 'Amazon Glacier', subcategory: 'Object Storage' },
  AmazonEFS: { name: 'Amazon Elastic File System', subcategory: 'File Storage' },
  AmazonFSx: { name: 'Amazon FSx', subcategory: 'File Storage' },
  AWSStorageGateway: { name: 'AWS Storage Gateway', subcategory: 'Storage Platforms' },
  AWSBackup: { name: 'AWS Backup', subcategory: 'Backup Storage' },

  // Web
  AWSAmplify: { name: 'AWS Amplify', subcategory: 'Application Platforms' },
  AWSElasticBeanstalk: { name: 'AWS Elastic Beanstalk', subcategory: 'Application Platforms' },

  ...rarerServices,
};
