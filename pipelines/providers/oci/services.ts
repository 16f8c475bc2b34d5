import type { ServiceSubcategory } from '@cloudact/core/focus';

/** What a service code of Oracle stands for. Codes are compared in upper case, blanks and hyphens as underscores. */
export interface OciService {
  readonly name: string;
  readonly subcategory: ServiceSubcategory;
}

/** Service codes, as `product/service` has them, by their primary purpose. */
export const ociServices: Readonly<Record<string, OciService>> = {
  // AI and Machine Learning
  GENERATIVE_AI: { name: 'Generative AI', subcategory: 'Generative AI' },
  GENERATIVE_AI_AGENTS: { name: 'Generative AI Agents', subcategory: 'Generative AI' },
  DATA_SCIENCE: { name: 'Data Science', subcategory: 'Machine Learning' },
  AI_LANGUAGE: { name: 'Language', subcategory: 'Natural Language Processing' },
  AI_SPEECH: { name: 'Speech', subcategory: 'Natural Language Processing' },
  AI_VISION: { name: 'Vision', subcategory: 'Machine Learning' },
  AI_DOCUMENT: { name: 'Document Understanding', subcategory: 'Machine Learning' },
  ANOMALY_DETECTION: { name: 'Anomaly Detection', subcategory: 'Machine Learning' },
  DIGITAL_ASSISTANT: { name: 'Digital Assistant', subcategory: 'Bots' },

  // Analytics
  ANALYTICS: { name: 'Analytics Cloud', subcategory: 'Business Intelligence' },
  OAC: { name: 'Oracle Analytics Cloud', subcategory: 'Business Intelligence' },
  BIG_DATA: { name: 'Big Data Service', subcategory: 'Data Processing' },
  DATA_FLOW: { name: 'Data Flow', subcategory: 'Data Processing' },
  DATA_INTEGRATION: { name: 'Data Integration', subcategory: 'Data Processing' },
  OPENSEARCH: { name: 'Search with OpenSearch', subcategory: 'Search' },

  // Compute
  COMPUTE: { name: 'Compute', subcategory: 'Virtual Machines' },
  VMWARE: { name: 'Oracle Cloud VMware Solution', subcategory: 'Virtual Machines' },
  ORACLE_KUBERNETES_ENGINE: { name: 'Kubernetes Engine', subcategory: 'Containers' },
  CONTAINERENGINE: { name: 'Container Engine for Kubernetes', subcategory: 'Containers' },
  CONTAINER_INSTANCES: { name: 'Container Instances', subcategory: 'Containers' },
  CONTAINER_REGISTRY: { name: 'Container Registry', subcategory: 'Containers' },
  FUNCTIONS: { name: 'Functions', subcategory: 'Serverless Compute' },
  SECURE_DESKTOPS: { name: 'Secure Desktops', subcategory: 'End User Computing' },

  // Databases
  DATABASE: { name: 'Database', subcategory: 'Relational Databases' },
  MYSQL: { name: 'MySQL HeatWave', subcategory: 'Relational Databases' },
  POSTGRESQL: { name: 'Database with PostgreSQL', subcategory: 'Relational Databases' },
  NOSQL: { name: 'NoSQL Database', subcategory: 'NoSQL Databases' },
  ORACLE_NOSQL_DATABASE: { name: 'Oracle NoSQL Database', subcategory: 'NoSQL Databases' },
  REDIS: { name: 'Cache with Redis', subcategory: 'Caching' },
  BLOCKCHAIN: { name: 'Blockchain Platform', subcategory: 'Ledger Databases' },

  // Developer Tools
  APEX: { name: 'APEX Application Development', subcategory: 'Developer Platforms' },
  DEVOPS: { name: 'DevOps', subcategory: 'Continuous Integration and Deployment' },
  VISUAL_BUILDER: { name: 'Visual Builder', subcategory: 'Development Environments' },

  // Identity
  IDENTITY: { name: 'Identity and Access Management', subcategory: 'Identity and Access Management' },
  IDCS: { name: 'Identity Cloud Service', subcategory: 'Identity and Access Management' },

  // Integration
  API_GATEWAY: { name: 'API Gateway', subcategory: 'API Management' },
  EVENTS: { name: 'Events', subcategory: 'Messaging' },
  INTEGRATION: { name: 'Integration', subcategory: 'Workflow Orchestration' },
  ORACLE_INTEGRATION: { name: 'Oracle Integration', subcategory: 'Workflow Orchestration' },
  NOTIFICATIONS: { name: 'Notifications', subcategory: 'Messaging' },
  ONS: { name: 'Notification Service', subcategory: 'Messaging' },
  ORACLE_STREAMING_SERVICE: { name: 'Streaming', subcategory: 'Messaging' },
  QUEUE: { name: 'Queue', subcategory: 'Messaging' },
  EMAIL_DELIVERY: { name: 'Email Delivery', subcategory: 'Messaging' },

  // Management and Governance
  TELEMETRY: { name: 'Monitoring', subcategory: 'Observability' },
  LOGGING: { name: 'Logging', subcategory: 'Observability' },
  LOGGING_ANALYTICS: { name: 'Logging Analytics', subcategory: 'Observability' },
  APM: { name: 'Application Performance Monitoring', subcategory: 'Observability' },
  OPERATIONS_INSIGHTS: { name: 'Operations Insights', subcategory: 'Observability' },
  STACK_MONITORING: { name: 'Stack Monitoring', subcategory: 'Observability' },
  DATABASE_MANAGEMENT: { name: 'Database Management', subcategory: 'Observability' },
  DATA_CATALOG: { name: 'Data Catalog', subcategory: 'Data Governance' },
  OS_MANAGEMENT: { name: 'OS Management', subcategory: 'Endpoint Management' },
  DISASTER_RECOVERY: { name: 'Full Stack Disaster Recovery', subcategory: 'Disaster Recovery' },

  // Media
  MEDIA_FLOW: { name: 'Media Flow', subcategory: 'Media Streaming' },
  MEDIA_STREAMS: { name: 'Media Streams', subcategory: 'Media Streaming' },

  // Migration
  DATABASE_MIGRATION: { name: 'Database Migration', subcategory: 'Data Migration' },
  GOLDENGATE: { name: 'GoldenGate', subcategory: 'Data Migration' },
  DATA_TRANSFER: { name: 'Data Transfer Service', subcategory: 'Data Migration' },

  // Networking
  NETWORK: { name: 'Networking', subcategory: 'Network Infrastructure' },
  VIRTUAL_CLOUD_NETWORK: { name: 'Virtual Cloud Network', subcategory: 'Network Infrastructure' },
  LOAD_BALANCER: { name: 'Load Balancer', subcategory: 'Application Networking' },
  LOADBALANCER: { name: 'Load Balancing', subcategory: 'Application Networking' },
  LBAAS: { name: 'Flexible Load Balancing', subcategory: 'Application Networking' },
  DNS: { name: 'DNS', subcategory: 'Network Routing' },
  FASTCONNECT: { name: 'FastConnect', subcategory: 'Network Connectivity' },
  NETWORK_FIREWALL: { name: 'Network Firewall', subcategory: 'Network Security' },
  WAF: { name: 'Web Application Firewall', subcategory: 'Network Security' },

  // Security
  KMS: { name: 'Key Management', subcategory: 'Secret Management' },
  VAULT: { name: 'Vault', subcategory: 'Secret Management' },
  DATA_SAFE: { name: 'Data Safe', subcategory: 'Other (Security)' },
  CLOUD_GUARD: { name: 'Cloud Guard', subcategory: 'Security Posture Management' },
  VULNERABILITY_SCANNING: { name: 'Vulnerability Scanning', subcategory: 'Security Posture Management' },

  // Storage
  BLOCK_STORAGE: { name: 'Block Volume', subcategory: 'Block Storage' },
  OBJECTSTORE: { name: 'Object Storage', subcategory: 'Object Storage' },
  OBJECT_STORAGE: { name: 'Object Storage and Archive Storage', subcategory: 'Object Storage' },
  ARCHIVE_STORAGE: { name: 'Archive Storage', subcategory: 'Object Storage' },
  FILE_STORAGE: { name: 'File Storage', subcategory: 'File Storage' },
};
