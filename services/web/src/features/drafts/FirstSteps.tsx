/** Tells newcomers what they see and what they can do with it, until they have read it. */

import { useRemembered } from "@/shared/ui/remembered";
import { Button } from "@/shared/ui/Button";
import "./drafts.css";

export function FirstSteps() {
  const [isWanted, setWanted] = useRemembered("first-steps", true);
  if (!isWanted) return null;
  return (
    <aside className="first-steps" aria-label="First steps">
      <p>
        <strong>Welcome.</strong> This is a small map to play with. Change a layer on the left, press <em>Render</em>,
        and move the slider below the map through the years. All is kept in this browser as you go; sign in to name it
        and to publish it.
      </p>
      <Button small onPress={() => setWanted(false)}>
        Got it
      </Button>
    </aside>
  );
}
