/** Maps, libraries or themes. */

import { KIND_WORDS, type Kind } from "@/features/work/kinds";
import { Segments } from "@/shared/ui/Segments";

const CHOICES = Object.entries(KIND_WORDS).map(([id, { many }]) => ({ id: id as Kind, name: many }));

export function KindChoice({ value, onChange }: { value: Kind; onChange: (kind: Kind) => void }) {
  return <Segments label="Kind" value={value} choices={CHOICES} onChange={onChange} />;
}
