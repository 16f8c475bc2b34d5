import type { PolicyText } from '../../connector.ts';
import type { BigQuerySettings } from './settings.ts';

/** Two roles: to read the one dataset, and to run queries in the project that pays for them. */
export function policies({ account, datasetProject, datasetName, jobProject }: BigQuerySettings): PolicyText[] {
  return [
    {
      title: 'Read the dataset of the export, and nothing else (BigQuery SQL)',
      language: 'text',
      text: `GRANT \`roles/bigquery.dataViewer\` ON SCHEMA \`${datasetProject}\`.\`${datasetName}\` TO "serviceAccount:${account.email}";`,
    },
    {
      title: 'Run queries in the project that pays for them (gcloud)',
      language: 'text',
      text: `gcloud projects add-iam-policy-binding ${jobProject} --member=serviceAccount:${account.email} --role=roles/bigquery.jobUser --condition=None`,
    },
  ];
}
