import { CloudActError } from '@cloudact/core/errors';
import { settingsInvalid } from '../../settings.ts';
import { type AwsS3Settings, fields } from './settings.ts';

/** What an error of the AWS SDK holds, as far as it is read here. */
interface SdkFailure {
  name?: string;
  message?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { headers?: Record<string, string> };
}

/**
 * A failed call to AWS in our words. `action` is the permission that the call needs, for example `s3:GetObject`, and
 * `place` what it was asked of. What is no failure of a call comes back as it is.
 */
export function sourceFailure(error: unknown, action: string, place: string, settings: AwsS3Settings): unknown {
  if (error instanceof CloudActError || !(error instanceof Error)) return error;
  const { name = '', message = '', code = '', $metadata, $response } = error as SdkFailure;
  const status = $metadata?.httpStatusCode;

  if (status === 412 || name === 'PreconditionFailed') return changed(place, error);
  if (name === 'NoSuchBucket') {
    return settingsInvalid(fields, [
      { column: 'bucket', value: settings.bucket, reason: 'names a bucket that is not there' },
    ]);
  }
  if (status === 301 || WRONG_REGION.has(name)) {
    const region = $response?.headers?.['x-amz-bucket-region'];
    const reason = `is not where the bucket is${region ? `; it is in ${region}` : ''}`;
    return settingsInvalid(fields, [{ column: 'bucketRegion', value: settings.bucketRegion, reason }]);
  }
  if (status === 404 || name === 'NoSuchKey' || name === 'NotFound') {
    return new CloudActError('source_incomplete', {
      detail: `${place} is not there. Wait for the next delivery, or export the bill again.`,
      cause: error,
    });
  }
  if (name === 'CredentialsProviderError') {
    return new CloudActError('source_denied', {
      detail: `This service has no AWS credentials of its own, so it cannot ask for ${action} on ${place}. Start it with an AWS identity (environment, profile or instance role).`,
      cause: error,
    });
  }
  if (status === 401 || status === 403 || DENIED.has(name)) {
    const denied = /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? action;
    return new CloudActError('source_denied', {
      detail: `AWS denied ${denied} on ${place}. ${ADVICE[denied] ?? 'Compare the policy of the role with the one that is shown for this connection.'}`,
      cause: error,
    });
  }
  if (status !== undefined || NETWORK.test(code) || NETWORK.test(name)) {
    return new CloudActError('source_unavailable', {
      detail: `AWS did not answer ${action} on ${place} (${status && status >= 400 ? `${status} ` : ''}${code || name}). Try again later.`,
      cause: error,
    });
  }
  return error;
}

export function changed(place: string, cause?: unknown): CloudActError {
  return new CloudActError('source_changed', {
    detail: `${place} has changed since it was listed: AWS is delivering the month anew. Try again when the delivery is complete.`,
    cause,
  });
}

const ADVICE: Readonly<Record<string, string>> = {
  'sts:AssumeRole': 'Check the ARN of the role, and that its trust policy names our identity and the external ID.',
  'kms:Decrypt':
    'The bucket is encrypted with a KMS key: let the role use it, in its own policy and in that of the key.',
};
const WRONG_REGION: ReadonlySet<string> = new Set([
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
]);
const DENIED: ReadonlySet<string> = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'AllAccessDisabled',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
]);
const NETWORK = /^(E[A-Z_]+|TimeoutError|UND_ERR_\w+|NetworkingError)$/;
