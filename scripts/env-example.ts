import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { backendVariables } from '@cloudact/backend';
import { pipelineServiceVariables } from '@cloudact/pipelines/service';

export const path = fileURLToPath(new URL('../.env.example', import.meta.url));

/** `.env.example` as it is committed: every variable of both services, with what its schema says. */
export function envExample(): string {
  const backend = Object.entries(backendVariables.properties);
  const pipelines = Object.entries(pipelineServiceVariables.properties);
  const both = backend.filter(([name]) => name in pipelineServiceVariables.properties);
  const only = (of: typeof backend | typeof pipelines) =>
    of.filter(([name]) => !both.some(([shared]) => shared === name));
  return [
    HEADER,
    section('Both services', both),
    section('The API', only(backend)),
    section('The pipeline service', only(pipelines)),
  ].join('\n');
}

const HEADER = `# Configuration of the API (node backend/main.ts) and of the pipeline service. \`npm start\` needs none of it.
# Written by scripts/env-example.ts from backend/config.ts and pipelines/service/config.ts.
# A line that starts with "# NAME=" may stay as it is; the others have to be set. Secrets are empty here, and each needs
# its own. A secret of 32 random bytes: node -p "crypto.randomBytes(32).toString('base64url')"
# A signing key: node -e "crypto.subtle.generateKey({name:'ECDSA',namedCurve:'P-256'},true,['sign']).then(k=>crypto.subtle.exportKey('jwk',k.privateKey)).then(({kty,crv,x,y,d})=>console.log(JSON.stringify([{kty,crv,x,y,d,kid:crypto.randomUUID()}])))"
`;

type Variables = readonly (readonly [string, object])[];

function section(title: string, variables: Variables): string {
  const entries = variables.map(([name, property]) => {
    const {
      description = '',
      default: standard,
      '~optional': optional,
    } = property as {
      description?: string;
      default?: unknown;
      '~optional'?: boolean;
    };
    const stays = optional === true || standard !== undefined;
    return `# ${description}\n${stays ? '# ' : ''}${name}=${standard ?? ''}\n`;
  });
  return `# ${title} ${'-'.repeat(Math.max(3, 100 - title.length))}\n\n${entries.join('\n')}`;
}

if (import.meta.main) writeFileSync(path, envExample());
