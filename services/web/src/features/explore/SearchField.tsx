/** Words to search for, as they are typed. */

import { useEffect, useState } from "react";

import { TextField } from "@/shared/ui/fields";
import { PAUSE_MILLISECONDS } from "@/shared/ui/use_settled";

interface SearchFieldProps {
  value: string;
  /** Called when somebody pauses. */
  onChange: (words: string) => void;
}

export function SearchField({ value, onChange }: SearchFieldProps) {
  const [words, setWords] = useState(value);
  const [sent, setSent] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) setWords(value); // somebody went back, or came by a link
  }
  useEffect(() => {
    const wanted = words.trim();
    if (wanted === value) return;
    const timer = setTimeout(() => {
      setSent(wanted);
      onChange(wanted);
    }, PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [words, value, onChange]);
  return (
    <TextField
      label="Search"
      type="search"
      value={words}
      onChange={setWords}
      placeholder="Words, or user:name"
      maxLength={200}
    />
  );
}
