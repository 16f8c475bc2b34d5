import { Entrance } from '../components/entrance';

export default function NotFound() {
  return (
    <Entrance
      title="There is no such page"
      below={<a href="/">Back to costs</a>}
      intro="The address may be mistyped."
    />
  );
}
