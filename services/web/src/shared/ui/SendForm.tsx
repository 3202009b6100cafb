/** A form that is sent to a service: its button, what is wrong with it, and that it is done. */

import type { ReactNode } from "react";
import { Form } from "react-aria-components";

import { Button } from "./Button";
import { ProblemNote } from "./ProblemNote";

interface SendFormProps {
  /** How the sending stands: a mutation. */
  state: { isPending: boolean; isSuccess: boolean; error: Error | null };
  onSend: () => void;
  /** What the button says. */
  action: string;
  look?: "plain" | "primary" | "danger";
  /** What is said once it is done. */
  done?: string;
  /** All is there that has to be. */
  isReady?: boolean;
  /** Gives it up: of forms in dialogs. */
  onCancel?: () => void;
  children?: ReactNode;
}

export function SendForm({
  state,
  onSend,
  action,
  look = "plain",
  done,
  isReady = true,
  onCancel,
  children,
}: SendFormProps) {
  const button = (
    <Button type="submit" look={look} isDisabled={state.isPending || !isReady}>
      {action}
    </Button>
  );
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !state.isPending) onSend();
      }}
    >
      {children}
      {state.error && <ProblemNote error={state.error} />}
      {onCancel ? (
        <div className="actions">
          <Button onPress={onCancel}>Cancel</Button>
          {button}
        </div>
      ) : (
        <div className="row">
          {button}
          <span role="status" className="hint">
            {state.isSuccess && done}
          </span>
        </div>
      )}
    </Form>
  );
}
