/** Lets a map begin with what is in view now. */

import { useMutation } from "@tanstack/react-query";
import { use } from "react";

import { MapsContext, type Maps } from "@/features/preview/maps_context";
import type { View } from "@/features/preview/map_link";
import { Button } from "@/shared/ui/Button";
import { ProblemNote } from "@/shared/ui/ProblemNote";

export function ViewButton({ onView }: { onView: (view: View) => void }) {
  const maps = use(MapsContext);
  return maps && <UseView maps={maps} onView={onView} />;
}

function UseView({ maps, onView }: { maps: Maps; onView: (view: View) => void }) {
  const view = useMutation({ mutationFn: () => maps.preview.view(), onSuccess: onView });
  return (
    <div className="stack">
      <div>
        <Button small isDisabled={view.isPending} onPress={() => view.mutate()}>
          Use this view
        </Button>
      </div>
      {view.isError && <ProblemNote error={view.error} />}
    </div>
  );
}
