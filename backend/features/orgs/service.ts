import type { OffboardingStep } from '@cloudact/core/metadata';
import type { Certificate } from './certificate.ts';
import { type OffboardingRequest, offboard } from './offboarding.ts';
import {
  type FinishedStep,
  type Onboarded,
  type OnboardedStep,
  type OnboardingRequest,
  onboard,
} from './onboarding.ts';
import type { LifecycleStores } from './stores.ts';
import { Turns } from './turns.ts';

/** How organisations come and go; one for people and for the operator, so that they wait for each other. */
export interface OrganisationLifecycle {
  /** See {@link onboard}. */
  onboard(request: OnboardingRequest, onStep: (step: OnboardedStep) => void): Promise<Onboarded>;
  /** See {@link offboard}. */
  offboard(request: OffboardingRequest, onStep: (step: FinishedStep<OffboardingStep>) => void): Promise<Certificate>;
}

export function openOrganisationLifecycle(stores: LifecycleStores): OrganisationLifecycle {
  const turns = new Turns();
  return {
    onboard: (request, onStep) => onboard(stores, turns, request, onStep),
    offboard: (request, onStep) => offboard(stores, turns, request, onStep),
  };
}
