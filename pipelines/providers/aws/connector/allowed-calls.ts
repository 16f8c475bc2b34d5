import type { S3Client } from '@aws-sdk/client-s3';
import { refuseOtherHosts } from '@cloudact/core/net';

/**
 * A plug-in for a client of the AWS SDK that lets requests go to these hosts only. It stands as close to the wire as the
 * SDK lets anybody: after its endpoint rules, region and environment have decided where a request goes.
 */
export function callsOnly(hosts: readonly string[]): { applyToStack(stack: S3Client['middlewareStack']): void } {
  return {
    applyToStack(stack) {
      stack.add(
        (next) => (args) => {
          refuseOtherHosts((args.request as { hostname?: string }).hostname ?? '', hosts);
          return next(args);
        },
        // The SDK applies it again whenever it renews the credentials.
        { step: 'deserialize', priority: 'low', name: 'callsOnly', override: true },
      );
    },
  };
}
