/**
 * Display names of the resource types that bills name most, by resource provider. Facts from Microsoft's open data, see
 * NOTICE.md.
 */
export const azureResourceTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'citrix.services': {
    xenappessentials: 'Citrix Virtual Apps Essentials',
    xendesktopessentials: 'Citrix Virtual Desktops Essentials',
  },
  'microsoft.aad': {
    domainservices: 'Microsoft Entra Domain Services',
  },
  'microsoft.agfoodplatform': {
    farmbeats: 'Azure Data Manager for Agriculture',
  },
  'microsoft.analysisservices': {
    servers: 'Analysis Services server',
  },
  'microsoft.apicenter': {
    services: 'API Center',
  },
  'microsoft.apimanagement': {
    gateways: 'API Management gateway',
    service: 'API Management service',
  },
  'microsoft.app': {
    containerapps: 'Container App',
    jobs: 'Container App Job',
    managedenvironments: 'Container Apps Environment',
    sessionpools: 'Container App Session Pool',
  },
  'microsoft.appconfiguration': {
    configurationstores: 'App Configuration',
  },
  'microsoft.appplatform': {
    spring: 'Azure Spring Apps',
  },
  'microsoft.automation': {
    automationaccounts: 'Automation account',
  },
  'microsoft.autonomousdevelopmentplatform': {
    workspaces: 'Microsoft.AutonomousDevelopmentPlatform workspace',
  },
  'microsoft.avs': {
    privateclouds: 'Azure VMware Solution private cloud',
  },
  'microsoft.azureactivedirectory': {
    b2cdirectories: 'B2C tenant',
    ciamdirectories: 'External Configuration Tenant',
    guestusages: 'Guest Usage',
  },
  'microsoft.azurearcdata': {
    postgresinstances: 'PostgreSQL server – Azure Arc',
    sqlmanagedinstances: 'SQL managed instance - Azure Arc',
    sqlserveresulicenses: 'SQL Server ESU license',
    sqlserverinstances: 'SQL Server - Azure Arc',
    sqlserverlicenses: 'SQL Server License',
  },
  'microsoft.azurefleet': {
    fleets: 'Compute Fleet',
  },
  'microsoft.azureplaywrightservice': {
    accounts: 'Playwright Testing',
  },
  'microsoft.azurestackhci': {
    clusters: 'Azure Local',
  },
  'microsoft.baremetalinfrastructure': {
    baremetalstorageinstances: 'Microsoft.BareMetalInfrastructure bare metal storage instance',
  },
  'microsoft.batch': {
    batchaccounts: 'Batch account',
  },
  'microsoft.billingbenefits': {
    savingsplanorders: 'Savings plan order',
    'savingsplanorders/savingsplans': 'Savings plan',
  },
  'microsoft.bing': {
    accounts: 'Bing Resource',
  },
  'microsoft.botservice': {
    botservices: 'Bot Service',
  },
  'microsoft.cache': {
    redis: 'Redis cache',
    redisenterprise: 'Azure Managed Redis',
  },
  'microsoft.capacity': {
    reservationorders: 'Reservation order',
    'reservationorders/reservations': 'Reservation',
  },
  'microsoft.cdn': {
    cdnwebapplicationfirewallpolicies: 'Content Delivery Network WAF policy',
    profiles: 'Front Door and CDN profile',
  },
  'microsoft.certificateregistration': {
    certificateorders: 'App Service certificate',
  },
  'microsoft.chaos': {
    experiments: 'Chaos Experiment',
  },
  'microsoft.classiccompute': {
    domainnames: 'Cloud service (classic)',
    virtualmachines: 'Virtual machine (classic)',
  },
  'microsoft.classicstorage': {
    storageaccounts: 'Storage account (classic)',
  },
  'microsoft.codesigning': {
    codesigningaccounts: 'Trusted Signing Account',
  },
  'microsoft.cognitiveservices': {
    accounts: 'Azure AI Foundry',
    commitmentplans: 'Microsoft.CognitiveServices commitment plan',
  },
  'microsoft.communication': {
    communicationservices: 'Communication Service',
  },
  'microsoft.community': {
    communitytrainings: 'Community Training',
  },
  'microsoft.compute': {
    capacityreservationgroups: 'Capacity Reservation Group',
    'capacityreservationgroups/capacityreservations': 'Capacity reservation',
    cloudservices: 'Cloud service (extended support)',
    disks: 'Disk',
    galleries: 'Azure compute gallery',
    'galleries/images/versions': 'VM image version',
    hostgroups: 'Host group',
    images: 'Image',
    restorepointcollections: 'Restore Point Collection',
    snapshots: 'Snapshot',
    virtualmachines: 'Virtual machine',
    virtualmachinescalesets: 'Virtual machine scale set',
    'virtualmachinescalesets/virtualmachines': 'Virtual machine scale set instance',
    'virtualmachinescalesets/virtualmachines/networkinterfaces/ipconfigurations/publicipaddresses': 'Public IP address',
  },
  'microsoft.confidentialledger': {
    ledgers: 'Confidential Ledger',
    managedccfs: 'Managed CCF App',
  },
  'microsoft.containerinstance': {
    containergroups: 'Container instances',
  },
  'microsoft.containerregistry': {
    registries: 'Container registry',
  },
  'microsoft.containerservice': {
    managedclusters: 'Kubernetes service',
  },
  'microsoft.dashboard': {
    grafana: 'Azure Managed Grafana',
  },
  'microsoft.databox': {
    jobs: 'Azure Data Box',
  },
  'microsoft.databoxedge': {
    databoxedgedevices: 'Azure Stack Edge / Data Box Gateway',
  },
  'microsoft.databricks': {
    workspaces: 'Azure Databricks Service',
  },
  'microsoft.datacatalog': {
    catalogs: 'Data catalog',
  },
  'microsoft.datafactory': {
    datafactories: 'Data factory',
    factories: 'Data factory (V2)',
    'factories/pipelines': 'Data Factory pipeline',
    'factories/triggers': 'Data Factory trigger',
  },
  'microsoft.datalakeanalytics': {
    accounts: 'Data Lake Analytics account',
  },
  'microsoft.datalakestore': {
    accounts: 'Data Lake Storage Gen1',
  },
  'microsoft.datamigration': {
    sqlmigrationservices: 'Azure Database Migration Service',
  },
  'microsoft.dataprotection': {
    backupvaults: 'Backup vault',
  },
  'microsoft.datashare': {
    accounts: 'Data Share',
  },
  'microsoft.dbformariadb': {
    servers: 'Azure Database for MariaDB server',
  },
  'microsoft.dbformysql': {
    flexibleservers: 'Azure Database for MySQL flexible server',
    servers: 'MySQL server',
  },
  'microsoft.dbforpostgresql': {
    flexibleservers: 'Azure Database for PostgreSQL flexible server',
    servergroupsv2: 'Azure Cosmos DB for PostgreSQL Cluster',
    servers: 'PostgreSQL server',
  },
  'microsoft.desktopvirtualization': {
    hostpools: 'Host pool',
  },
  'microsoft.devcenter': {
    projects: 'Project',
  },
  'microsoft.deviceregistry': {
    billingcontainers: 'Microsoft.DeviceRegistry billing container',
  },
  'microsoft.devices': {
    iothubs: 'IoT hub',
    provisioningservices: 'Azure IoT Hub Device Provisioning Service (DPS)',
  },
  'microsoft.deviceupdate': {
    accounts: 'Device Update for IoT Hub',
  },
  'microsoft.devopsinfrastructure': {
    pools: 'Managed DevOps Pool',
  },
  'microsoft.digitaltwins': {
    digitaltwinsinstances: 'Azure Digital Twins',
  },
  'microsoft.documentdb': {
    cassandraclusters: 'Azure Managed Instance for Apache Cassandra',
    databaseaccounts: 'Cosmos DB account',
    mongoclusters: 'Azure Cosmos DB for MongoDB (vCore)',
  },
  'microsoft.domainregistration': {
    domains: 'App Service Domain',
  },
  'microsoft.durabletask': {
    schedulers: 'Durable Task Scheduler',
  },
  'microsoft.dynamics365fraudprotection': {
    instances: 'Microsoft.Dynamics365FraudProtection instance',
  },
  'microsoft.easm': {
    workspaces: 'Microsoft Defender EASM',
  },
  'microsoft.edgeorder': {
    orderitems: 'Azure Edge Hardware Center',
  },
  'microsoft.elasticsan': {
    elasticsans: 'Elastic SAN',
  },
  'microsoft.eventgrid': {
    domains: 'Event Grid Domain',
    extensiontopics: 'Event Grid extension topic',
    namespaces: 'Event Grid Namespace',
    partnertopics: 'Event Grid Partner Topic',
    systemtopics: 'Event Grid System Topic',
    topics: 'Event Grid Topic',
  },
  'microsoft.eventhub': {
    clusters: 'Event Hubs Cluster',
    namespaces: 'Event Hubs namespace',
  },
  'microsoft.fabric': {
    capacities: 'Fabric Capacity',
  },
  'microsoft.fluidrelay': {
    fluidrelayservers: 'Fluid Relay',
  },
  'microsoft.genomics': {
    accounts: 'Genomics account',
  },
  'microsoft.graphservices': {
    accounts: 'Metered API account',
  },
  'microsoft.hanaonazure': {
    hanainstances: 'SAP HANA on Azure',
  },
  'microsoft.hardwaresecuritymodules': {
    cloudhsmclusters: 'Azure Cloud HSM',
  },
  'microsoft.hdinsight': {
    clusterpools: 'Azure HDInsight on AKS cluster pool',
    clusters: 'HDInsight cluster',
  },
  'microsoft.healthbot': {
    healthbots: 'Healthcare agent service',
  },
  'microsoft.healthcareapis': {
    services: 'Azure API for FHIR',
    workspaces: 'Health Data Services workspace',
  },
  'microsoft.healthdataaiservices': {
    deidservices: 'De-identification Service',
  },
  'microsoft.hybridcompute': {
    licenses: 'Extended Security Updates - Windows Server 2012/R2',
    machines: 'Machine - Azure Arc',
  },
  'microsoft.hybridnetwork': {
    devices: 'Azure Network Function Manager – Device',
    sitenetworkservices: 'Site Network Service',
  },
  'microsoft.importexport': {
    jobs: 'Microsoft.ImportExport job',
  },
  'microsoft.insights': {
    actiongroups: 'Action group',
    components: 'Application Insights app',
    datacollectionrules: 'Data collection rule',
    metricalerts: 'Metric alert rule',
    scheduledqueryrules: 'Log search alert rule',
  },
  'microsoft.iotcentral': {
    iotapps: 'IoT Central Application',
  },
  'microsoft.iotoperations': {
    instances: 'Azure IoT Operations',
  },
  'microsoft.iotsecurity': {
    defendersettings: 'Microsoft.IoTSecurity defender setting',
  },
  'microsoft.keyvault': {
    managedhsms: 'Azure Key Vault Managed HSM',
    vaults: 'Key vault',
  },
  'microsoft.kubernetes': {
    connectedclusters: 'Kubernetes - Azure Arc',
  },
  'microsoft.kusto': {
    clusters: 'Azure Data Explorer Cluster',
  },
  'microsoft.labservices': {
    labaccounts: 'Lab account',
    labs: 'Lab',
  },
  'microsoft.loadtestservice': {
    loadtests: 'Azure Load Testing',
  },
  'microsoft.logic': {
    integrationaccounts: 'Logic app integration account',
    integrationserviceenvironments: 'Integration Service Environment',
    workflows: 'Logic app',
  },
  'microsoft.machinelearning': {
    commitmentplans: 'Microsoft.MachineLearning commitment plan',
    workspaces: 'Machine Learning Studio (classic) workspace',
  },
  'microsoft.machinelearningservices': {
    registries: 'Azure Machine Learning registry',
    workspaces: 'Azure Machine Learning workspace',
  },
  'microsoft.maintenance': {
    maintenanceconfigurations: 'Maintenance Configuration',
  },
  'microsoft.maps': {
    accounts: 'Azure Maps Account',
  },
  'microsoft.media': {
    mediaservices: 'Media service',
  },
  'microsoft.migrate': {
    movecollections: 'Microsoft.Migrate move collection',
  },
  'microsoft.mixedreality': {
    objectanchorsaccounts: 'Object Anchors Account',
    remoterenderingaccounts: 'Remote Rendering Account',
    spatialanchorsaccounts: 'Spatial Anchors Account',
  },
  'microsoft.mobilenetwork': {
    mobilenetworks: 'Mobile Network',
    packetcorecontrolplanes: 'Packet Core Control Plane',
  },
  'microsoft.modsimworkbench': {
    workbenches: 'Modeling and Simulation Workbench',
  },
  'microsoft.monitor': {
    accounts: 'Azure Monitor workspace',
  },
  'microsoft.netapp': {
    netappaccounts: 'NetApp account',
    'netappaccounts/capacitypools': 'Capacity pool',
  },
  'microsoft.network': {
    applicationgateways: 'Application gateway',
    azurefirewalls: 'Firewall',
    bastionhosts: 'Bastion',
    connections: 'Connection',
    ddosprotectionplans: 'DDoS protection plan',
    dnsforwardingrulesets: 'DNS forwarding ruleset',
    dnsresolvers: 'DNS private resolver',
    dnszones: 'DNS zone',
    expressroutecircuits: 'ExpressRoute circuit',
    expressroutegateways: 'ExpressRoute Gateway',
    expressrouteports: 'ExpressRoute Direct',
    firewallpolicies: 'Firewall Policy',
    frontdoors: 'Front Door and CDN profiles',
    frontdoorwebapplicationfirewallpolicies: 'Front Door WAF policy',
    loadbalancers: 'Load balancer',
    natgateways: 'NAT gateway',
    networkinterfaces: 'Network interface',
    networkmanagers: 'Network manager',
    networksecuritygroups: 'Network security group',
    networkvirtualappliances: 'Microsoft.Network network virtual appliance',
    networkwatchers: 'Network Watcher',
    'networkwatchers/flowlogs': 'Flow log',
    p2svpngateways: 'VPN Gateway (Point to Site)',
    privatednszones: 'Private DNS zone',
    privateendpoints: 'Private endpoint',
    publicipaddresses: 'Public IP address',
    publicipprefixes: 'Public IP Prefix',
    trafficmanagerprofiles: 'Traffic Manager profile',
    virtualhubs: 'Microsoft.Network/virtualHub',
    virtualnetworkgateways: 'Virtual network gateway',
    virtualnetworks: 'Virtual network',
    vpngateways: 'VPN Gateway (Site to Site)',
  },
  'microsoft.networkanalytics': {
    dataconnectors: 'AIOps - Data Connector',
    dataproducts: 'Azure Operator Insights – Data Product',
  },
  'microsoft.networkcloud': {
    baremetalmachines: 'Bare Metal Machine (Operator Nexus)',
  },
  'microsoft.networkfunction': {
    azuretrafficcollectors: 'ExpressRoute traffic collector',
  },
  'microsoft.notificationhubs': {
    namespaces: 'Notification Hub Namespace',
  },
  'microsoft.openenergyplatform': {
    energyservices: 'Azure Data Manager for Energy',
  },
  'microsoft.operationalinsights': {
    clusters: 'Log Analytics dedicated cluster',
    workspaces: 'Log Analytics workspace',
  },
  'microsoft.orbital': {
    groundstations: 'Ground Station',
    spacecrafts: 'Spacecraft',
    terminals: 'Cloud Access Terminal',
  },
  'microsoft.peering': {
    peerings: 'Peering',
  },
  'microsoft.powerbidedicated': {
    autoscalevcores: 'Microsoft.PowerBIDedicated auto scale vcore',
    capacities: 'Power BI Embedded',
  },
  'microsoft.powerplatform': {
    accounts: 'Microsoft.PowerPlatform account',
  },
  'microsoft.premonition': {
    libraries: 'Microsoft.Premonition library',
  },
  'microsoft.purview': {
    accounts: 'Microsoft Purview account',
  },
  'microsoft.quantum': {
    workspaces: 'Quantum Workspace',
  },
  'microsoft.recommendationsservice': {
    accounts: 'Intelligent Recommendations Account',
  },
  'microsoft.recoveryservices': {
    vaults: 'Recovery Services vault',
  },
  'microsoft.relay': {
    namespaces: 'Relay',
  },
  'microsoft.saas': {
    resources: 'SaaS',
    saasresources: 'SaaS (classic)',
  },
  'microsoft.search': {
    searchservices: 'Search service',
  },
  'microsoft.security': {
    pricings: 'Defender for Cloud',
    securityconnectors: 'Microsoft.Security security connector',
  },
  'microsoft.securitycopilot': {
    capacities: 'Microsoft Security compute capacity',
  },
  'microsoft.servicebus': {
    namespaces: 'Service Bus namespace',
  },
  'microsoft.servicenetworking': {
    trafficcontrollers: 'Application Gateway for Containers',
  },
  'microsoft.signalrservice': {
    signalr: 'SignalR',
    webpubsub: 'Web PubSub Service',
  },
  'microsoft.solutions': {
    applications: 'Managed application',
  },
  'microsoft.sql': {
    instancepools: 'Instance pool',
    managedinstances: 'SQL managed instance',
    servers: 'SQL server',
    'servers/databases': 'SQL database',
    'servers/elasticpools': 'SQL elastic pool',
  },
  'microsoft.storage': {
    storageaccounts: 'Storage account',
  },
  'microsoft.storagecache': {
    amlfilesystems: 'Azure Managed Lustre',
    caches: 'HPC cache',
  },
  'microsoft.storagesync': {
    storagesyncservices: 'Storage Sync Service',
  },
  'microsoft.storsimple': {
    managers: 'StorSimple device manager',
  },
  'microsoft.streamanalytics': {
    clusters: 'Stream Analytics cluster',
    streamingjobs: 'Stream Analytics job',
  },
  'microsoft.synapse': {
    workspaces: 'Synapse workspace',
    'workspaces/bigdatapools': 'Apache Spark pool',
    'workspaces/kustopools': 'Data Explorer pool',
    'workspaces/sqlpools': 'Dedicated SQL pool',
  },
  'microsoft.syntex': {
    accounts: 'Microsoft.Syntex account',
    documentprocessors: 'Microsoft.Syntex document processor',
  },
  'microsoft.timeseriesinsights': {
    environments: 'Microsoft.TimeSeriesInsights environment',
  },
  'microsoft.verifiedid': {
    authorities: 'Microsoft.VerifiedId authority',
  },
  'microsoft.videoindexer': {
    accounts: 'Azure AI Video Indexer',
  },
  'microsoft.voiceservices': {
    communicationsgateways: 'Communications Gateway',
  },
  'microsoft.web': {
    connections: 'App Service API connection',
    containerapps: 'Microsoft.Web container app',
    hostingenvironments: 'App Service Environment',
    serverfarms: 'App Service plan',
    sites: 'App Service web app',
    'sites/slots': 'App Service deployment slot',
    staticsites: 'Static Web App',
  },
  'microsoft.windowsiot': {
    deviceservices: 'Microsoft.WindowsIoT device service',
  },
  'nginx.nginxplus': {
    nginxdeployments: 'NGINXaaS',
  },
};
