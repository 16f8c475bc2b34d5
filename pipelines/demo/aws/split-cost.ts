import type { Region } from '../company.ts';
import type { Fixed } from '../fixed-point.ts';
import { fixed, fixedFromNumber, fixedText, share, times } from '../fixed-point.ts';
import { randomAt } from '../random.ts';
import type { Charge } from './charge.ts';
import { costCells } from './charge.ts';
import type { AwsIdentifiers } from './identifiers.ts';
import { ON_DEMAND_TERM, rateCells, stockKeepingUnit, UNIT_RATE } from './price-codes.ts';
import { regions } from './price-list.ts';

/** Machines that are nodes of a cluster: their names begin with the group's. */
const CLUSTERS = [
  { nodes: 'fleet-api-us-', cluster: 'fleet-us' },
  { nodes: 'fleet-api-eu-', cluster: 'fleet-eu' },
] as const;

/** What runs on every node, and the usual part of the node that it uses. */
const PODS = [
  { namespace: 'fleet', deployment: 'robot-gateway', usual: 0.42 },
  { namespace: 'platform', deployment: 'log-shipper', usual: 0.09 },
] as const;

/** A node's cost is that of its processors and its memory, nine to one for a processor and a gigabyte. */
const PARTS = [
  { part: 'vCPU', weight: 9n, attribute: 'product/vcpu' },
  { part: 'GB', weight: 1n, attribute: 'product/memory' },
] as const;

/**
 * The lines of split cost allocation data for a day: what each pod used of its node's processors and memory. They cost
 * nothing themselves; the node's own lines are the bill.
 */
export function splitCostShares(charges: readonly Charge[], seed: number, identifiers: AwsIdentifiers): Charge[] {
  return CLUSTERS.flatMap(({ nodes, cluster }) => {
    const ofNodes = charges.filter(
      ({ metered, cells }) =>
        metered?.resourceName.startsWith(nodes) && cells['lineItem/UsageType']!.includes('BoxUsage'),
    );
    return [...Map.groupBy(ofNodes, ({ metered }) => metered!.resourceName).values()].flatMap((lines) =>
      sharesOfNode(lines, cluster, seed, identifiers),
    );
  });
}

function sharesOfNode(lines: readonly Charge[], cluster: string, seed: number, identifiers: AwsIdentifiers): Charge[] {
  const node = lines[0]!;
  const amount = lines.reduce((sum, { metered }) => sum + metered!.amount, 0n);
  const cost = lines.reduce((sum, line) => sum + effectiveCost(line), 0n);
  const sizes = PARTS.map(({ attribute, weight }) => ({ size: BigInt(node.cells[attribute]!.split(' ')[0]!), weight }));
  const whole = sizes.reduce((sum, { size, weight }) => sum + size * weight, 0n);
  return PODS.flatMap((pod) =>
    PARTS.map(({ part }, index) => {
      const { size, weight } = sizes[index]!;
      const draw = randomAt(seed, `pod|${node.metered!.resourceName}|${pod.deployment}|${part}|${node.start}`);
      const ratio = fixedFromNumber(pod.usual * (0.8 + 0.4 * draw), 4);
      const used = times(ratio, amount * size);
      const partCost = share(cost, size * weight, whole);
      return shareCharge(node, cluster, pod, part, identifiers, used, ratio, times(ratio, partCost), partCost);
    }),
  );
}

function effectiveCost(line: Charge): Fixed {
  return fixed(line.cells['savingsPlan/SavingsPlanEffectiveCost'] ?? fixedText(line.cost));
}

function shareCharge(
  node: Charge,
  cluster: string,
  pod: (typeof PODS)[number],
  part: (typeof PARTS)[number]['part'],
  identifiers: AwsIdentifiers,
  used: Fixed,
  ratio: Fixed,
  cost: Fixed,
  partCost: Fixed,
): Charge {
  const region = (Object.keys(regions) as Region[]).find(
    (key) => regions[key].code === node.cells['product/regionCode'],
  )!;
  const usageType = `${regions[region].longPrefix}EKS-EC2-${part}-Hours`;
  const sku = stockKeepingUnit('AmazonEKS', usageType, 'EKSPod-EC2');
  // What nobody used of the node's processors or memory is the pods' too, in the proportion of what they used.
  const allUsed = PODS.reduce((sum, { usual }) => sum + usual, 0);
  const unused = times(
    partCost - times(fixedFromNumber(allUsed, 4), partCost),
    fixedFromNumber(pod.usual / allUsed, 4),
  );
  return {
    type: 'Usage',
    account: node.account,
    productCode: 'AmazonEKS',
    start: node.start,
    end: node.end,
    cost: 0n,
    cells: {
      ...costCells(used, 0n, 0n),
      'bill/BillingEntity': 'AWS',
      'lineItem/LegalEntity': 'Amazon Web Services, Inc.',
      'lineItem/ProductCode': 'AmazonEKS',
      'lineItem/UsageType': usageType,
      'lineItem/Operation': 'EKSPod-EC2',
      'lineItem/ResourceId': identifiers.podArn(cluster, pod.namespace, pod.deployment, node),
      'lineItem/LineItemDescription': `Split cost allocation of ${part}-Hours`,
      'product/ProductName': 'Amazon Elastic Container Service for Kubernetes',
      'product/productFamily': 'Compute',
      'product/servicecode': 'AmazonEKS',
      'product/sku': sku,
      'product/usagetype': usageType,
      'product/operation': 'EKSPod-EC2',
      'product/region': regions[region].code,
      'product/regionCode': regions[region].code,
      ...rateCells(sku, ON_DEMAND_TERM, UNIT_RATE),
      'pricing/currency': 'USD',
      'pricing/unit': `${part}-Hours`,
      'splitLineItem/ParentResourceId': node.cells['lineItem/ResourceId']!,
      'splitLineItem/SplitUsage': fixedText(used),
      'splitLineItem/SplitUsageRatio': fixedText(ratio),
      'splitLineItem/SplitCost': fixedText(cost),
      'splitLineItem/UnusedCost': fixedText(unused),
      'resourceTags/aws:eks:cluster-name': cluster,
      'resourceTags/aws:eks:namespace': pod.namespace,
      'resourceTags/aws:eks:deployment': pod.deployment,
    },
  };
}
