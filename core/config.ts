/** Configuration of the services: environment variables, read once, by one schema a service. */
export { describeConfig } from './config/describe.ts';
export { type Environment, productionFaults } from './config/production.ts';
export { type ConfigFault, readConfig } from './config/read-config.ts';
export { commonFaults, readServiceConfig } from './config/service-config.ts';
export { originList, pepperRing, signingKeys } from './config/values.ts';
export { secret, serviceVariables } from './config/variables.ts';
