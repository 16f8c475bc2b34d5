/** The analyzer also lists each `dispatchEvent` it sees, without a name, and our `#private` members. */
const onlyWhatIsPublic = {
  name: 'only-what-is-public',
  packageLinkPhase({ customElementsManifest }) {
    for (const declaration of customElementsManifest.modules.flatMap(({ declarations }) => declarations)) {
      declaration.events = declaration.events?.filter(({ name }) => name);
      declaration.members = declaration.members?.filter(({ privacy }) => privacy !== 'private');
    }
  },
};

export default {
  globs: ['src/components/**/*.element.ts'],
  litelement: true,
  outdir: '.',
  plugins: [onlyWhatIsPublic],
};
