/** A password to be chosen. */

import { useQuery } from "@tanstack/react-query";

import { TextField } from "@/shared/ui/fields";
import { waysInQuery } from "./ways_in";

const USUAL_LEAST = 15;
const USUAL_MOST = 256;

interface NewPasswordFieldProps {
  label: string;
  value: string;
  onChange: (password: string) => void;
}

export function NewPasswordField({ label, value, onChange }: NewPasswordFieldProps) {
  const { data: rules } = useQuery(waysInQuery);
  const least = rules?.password_min_characters ?? USUAL_LEAST;
  return (
    <TextField
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      value={value}
      onChange={onChange}
      description={`${least} characters or more; a few words that only you would put together`}
      required
      maxLength={rules?.password_max_characters ?? USUAL_MOST}
    />
  );
}
