/** The site's face, and whether people can sign up. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { waysInQuery } from "@/features/account/ways_in";
import { brandingQuery } from "@/features/shell/branding";
import { answer, api, auth, type ApiSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { Checkbox, TextField } from "@/shared/ui/fields";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Section } from "@/shared/ui/Section";
import { SendForm } from "@/shared/ui/SendForm";
import { Waiting } from "@/shared/ui/Waiting";

type Branding = ApiSchemas["Branding"];
type SiteLink = ApiSchemas["Link"];

const MAX_LINKS = 8;
const FIRST_COLOUR = "#8b2f2f";

export function SiteTab() {
  const branding = useQuery(brandingQuery);
  if (branding.isPending) return <Waiting />;
  if (branding.isError) return <ProblemNote error={branding.error} onRetry={() => void branding.refetch()} />;
  return (
    <>
      <Face branding={branding.data} />
      <SignUps />
    </>
  );
}

function Face({ branding }: { branding: Branding }) {
  const queries = useQueryClient();
  const [face, setFace] = useState(branding);
  const change = (changed: Partial<Branding>) => setFace({ ...face, ...changed });
  const { links = [], accent_colour: colour = null } = face;
  const save = useMutation({
    mutationFn: () => answer(api.PUT("/settings", { body: face })),
    onSuccess: (saved) => queries.setQueryData(brandingQuery.queryKey, saved),
  });
  return (
    <Section title="The site’s face">
      <SendForm
        state={save}
        onSend={() => save.mutate()}
        action="Save"
        look="primary"
        done="Saved"
        isReady={Boolean(face.site_name)}
      >
        <TextField
          label="Name of the site"
          value={face.site_name ?? ""}
          onChange={(site_name) => change({ site_name })}
          maxLength={60}
          required
        />
        <TextField
          label="What it is about"
          value={face.tagline ?? ""}
          onChange={(tagline) => change({ tagline })}
          description="Below the heading of Explore"
          maxLength={200}
        />
        <TextField
          label="Notice"
          value={face.notice ?? ""}
          onChange={(notice) => change({ notice })}
          description="On top of every page; empty: none"
          lines={3}
          maxLength={2000}
        />
        <TextField
          label="Address of a logo"
          value={face.logo_url ?? ""}
          onChange={(logo_url) => change({ logo_url: logo_url || null })}
          description="https://…, or a path of this site"
          maxLength={500}
        />
        <div className="colour-field">
          <Checkbox
            label="A colour of its own"
            selected={colour !== null}
            onChange={(isWanted) => change({ accent_colour: isWanted ? FIRST_COLOUR : null })}
          />
          {colour !== null && (
            <input
              type="color"
              aria-label="Colour of the site"
              value={colour}
              onChange={(event) => change({ accent_colour: event.target.value })}
            />
          )}
        </div>
        <Links links={links} onChange={(changed) => change({ links: changed })} />
      </SendForm>
    </Section>
  );
}

function Links({ links, onChange }: { links: readonly SiteLink[]; onChange: (links: SiteLink[]) => void }) {
  const put = (index: number, changed: Partial<SiteLink>) =>
    onChange(links.map((link, other) => (other === index ? { ...link, ...changed } : link)));
  return (
    <fieldset className="stack">
      <legend className="legend">Links at the foot of the pages: terms, privacy, contact</legend>
      {links.map(({ label, url }, index) => (
        <div key={index} className="admin-link-row">
          <TextField
            label={`Words of link ${index + 1}`}
            value={label}
            onChange={(words) => put(index, { label: words })}
            maxLength={60}
            required
          />
          <TextField
            label={`Address of link ${index + 1}`}
            value={url}
            onChange={(address) => put(index, { url: address })}
            maxLength={500}
            required
          />
          <Button
            look="quiet"
            icon
            aria-label={`Remove link ${index + 1}`}
            onPress={() => onChange(links.filter((_, other) => other !== index))}
          >
            ×
          </Button>
        </div>
      ))}
      {links.length < MAX_LINKS && (
        <div>
          <Button small onPress={() => onChange([...links, { label: "", url: "https://" }])}>
            Add a link
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function SignUps() {
  const queries = useQueryClient();
  const queryKey = ["admin", "registration"];
  const registration = useQuery({ queryKey, queryFn: () => answer(auth.GET("/auth/admin/registration")) });
  const set = useMutation({
    mutationFn: (is_open: boolean) => answer(auth.PUT("/auth/admin/registration", { body: { is_open } })),
    onSuccess: async (saved) => {
      queries.setQueryData(queryKey, saved);
      await queries.invalidateQueries({ queryKey: waysInQuery.queryKey });
    },
  });
  if (!registration.data) return registration.isError ? <ProblemNote error={registration.error} /> : null;
  const { is_open: isOpen, is_forbidden: isForbidden } = registration.data;
  return (
    <Section title="Signing up">
      <Checkbox
        label="Anybody can make an account"
        selected={isOpen && !isForbidden}
        isDisabled={isForbidden || set.isPending}
        onChange={set.mutate}
      />
      {isForbidden && <p className="hint">The operator of this site lets nobody sign up (ENABLE_REGISTRATION).</p>}
      {set.isError && <ProblemNote error={set.error} />}
    </Section>
  );
}
