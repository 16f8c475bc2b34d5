import type { PolicyText } from '../../connector.ts';
import type { AzureBlobSettings } from './settings.ts';

/** The role that reads blobs and lists them, and can do nothing else. */
const STORAGE_BLOB_DATA_READER = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1';

export function policies({ access, storageAccount, container }: AzureBlobSettings): PolicyText[] {
  if (access.kind === 'sas') {
    return [
      {
        title: 'A shared access signature that reads and lists this container (Azure CLI)',
        language: 'text',
        text: `az storage container generate-sas --account-name ${storageAccount} --name ${container} --permissions lr --https-only --expiry <in a year, 2027-01-31T00:00Z> --as-user --auth-mode login --full-uri`,
      },
    ];
  }
  const scope = `/subscriptions/<subscription>/resourceGroups/<resource group>/providers/Microsoft.Storage/storageAccounts/${storageAccount}/blobServices/default/containers/${container}`;
  return [
    {
      title: 'Storage Blob Data Reader on this container (Azure CLI)',
      language: 'text',
      text: `az role assignment create --assignee ${access.clientId} --role ${STORAGE_BLOB_DATA_READER} --scope "${scope}"`,
    },
    {
      title: 'The same as a role assignment (Azure Resource Manager)',
      language: 'json',
      text: JSON.stringify(
        {
          type: 'Microsoft.Authorization/roleAssignments',
          apiVersion: '2022-04-01',
          name: "[guid('cloudact-billing')]",
          scope,
          properties: {
            roleDefinitionId: `[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${STORAGE_BLOB_DATA_READER}')]`,
            principalId: '<object ID of the service principal>',
            principalType: 'ServicePrincipal',
          },
        },
        undefined,
        2,
      ),
    },
  ];
}
