/**
 * Labels of a request as a set of tags: `feature:search` is the tag feature with the value search; labels without a
 * name are the tag label. Values of the same name are joined in the order of the alphabet; empty ones are left out.
 */
export function tagsOfLabels(labels: readonly string[]): Record<string, string> {
  const tags = new Map<string, string[]>();
  for (const label of [...new Set(labels)].sort()) {
    // Not the scheme of an address.
    const named = /^([A-Za-z][\w.-]{0,99}):(?!\/\/)(.*)$/.exec(label);
    const [name, value] = named ? [named[1]!.toLowerCase(), named[2]!.trim()] : ['label', label.trim()];
    if (value !== '') tags.set(name, [...(tags.get(name) ?? []), value]);
  }
  return Object.fromEntries([...tags].map(([name, values]) => [name, values.join(', ')]));
}
